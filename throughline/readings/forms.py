"""What the pages of returns ask."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from throughline.core.forms import Form
from throughline.returns.cin import layout

LARGEST = 300 * 1024 * 1024


class BringInForm(Form):
    """A return to bring in."""

    why = {"file": "What it says goes into the children's records. The file itself is deleted when it is done."}
    file = forms.FileField(
        label="A Children in Need return, as XML",
        help_text="Any year from 2017. Bringing in the same file twice changes nothing.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Export the return again."},
    )

    def clean_file(self) -> Any:
        """Refuse a file that no return is as large as."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(
                f"The file is {given.size // 1024 // 1024} megabytes; no return is larger than "
                f"{LARGEST // 1024 // 1024}. Check that it is the return."
            )
        return given


def latest_year(today: date) -> int:
    """Return the collection year of the last period that has ended."""
    return today.year if (today.month, today.day) > (3, 31) else today.year - 1


class ExportForm(Form):
    """Which return to make."""

    year = forms.TypedChoiceField(label="For the year that ends on 31 March", coerce=int)
    everything = forms.BooleanField(
        label="Every case of the record, whatever its dates", required=False, help_text="For moving to another system."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the years whose layout is known, the last that has ended first chosen."""
        super().__init__(*args, **kwargs)
        years = range(layout.last_year(), layout.first_year() - 1, -1)
        field = self.fields["year"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(year, f"{year} (April {year - 1} to March {year})") for year in years]
        field.initial = latest_year(timezone.localdate())
