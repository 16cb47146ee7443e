"""Forms about documents."""

from django import forms

from throughline.core.documents import filetypes
from throughline.core.documents.models import House
from throughline.core.forms import Form, WordsField


def _upload(label: str) -> forms.FileField:
    megabytes = filetypes.limit() // 1024 // 1024
    return forms.FileField(
        label=label,
        help_text=f"A picture, PDF, Word, Excel, plain text or sound, of {megabytes} MB at most.",
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose it again, or another."},
    )


class DescribeForm(Form):
    """What a document is called and shows."""

    why = {"description": "Someone who cannot see the picture reads this in its place."}
    title = forms.CharField(label="What is it?", max_length=200, required=False)
    description = WordsField(label="What does it show?", rows=3, required=False)
    house = forms.ChoiceField(
        label="Which of the Three Houses, if the child drew in one?",
        choices=[("", "None of them"), *House.choices],
        required=False,
    )


class KeepForm(DescribeForm):
    """A new document."""

    upload = _upload("The file")
    field_order = ["upload", "title", "description", "house"]


class VersionForm(Form):
    """A newer version of a document."""

    upload = _upload("The newer file")
    note = forms.CharField(label="What is different?", max_length=300, required=False)
