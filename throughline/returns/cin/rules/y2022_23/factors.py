"""Factors identified at assessment. Findings are placed in the assessment that holds the factor."""

import polars as pl

from throughline.returns.cin.data import ASSESSMENT, EPISODE, Data, factors
from throughline.returns.cin.rule import rule
from throughline.returns.cin.rules.y2022_23.closure import NO_SERVICE

NONE_IDENTIFIED = "21"


@rule(
    "8614",
    {"Assessments": ("AssessmentAuthorisationDate", "AssessmentFactors")},
    "The assessment is not authorised, and it has factors.",
    "Enter the day on which it was authorised, or take the factors out until it is completed.",
)
def before_completion(data: Data) -> pl.DataFrame:
    return factors(data).filter(pl.col("AssessmentAuthorisationDate").is_null())


@rule(
    "8869",
    {"Assessments": ("AssessmentFactors",)},
    "The assessment has factor 21, no factors identified, together with other factors.",
    "Remove 21 if any factor was identified; otherwise remove the others.",
)
def none_and_others(data: Data) -> pl.DataFrame:
    given = factors(data)
    none = pl.col("factor") == NONE_IDENTIFIED
    return given.filter(none).join(given.filter(~none), on=ASSESSMENT, how="semi", maintain_order="left")


@rule(
    "8873Q",
    {"Assessments": ("AssessmentFactors",), "CINdetails": ("ReasonForClosure",)},
    "The only assessment of the episode found no factors (21), and the reason for closure is {ReasonForClosure}, not "
    "RC8 or RC9.",
    "Correct the factors or the reason for closure, or explain which service was given and why.",
)
def none_identified_and_not_closed(data: Data) -> pl.DataFrame:
    only = data["Assessments"].filter(pl.struct(EPISODE).is_unique()).select(ASSESSMENT)
    none = factors(data).filter(pl.col("factor") == NONE_IDENTIFIED).join(only, on=ASSESSMENT, how="semi")
    closed = pl.col("ReasonForClosure").is_in(NO_SERVICE).fill_null(value=False)
    return data.joined(none, "CINdetails", EPISODE).filter(~closed)


@rule(
    "8897Q",
    {"Assessments": ("AssessmentAuthorisationDate", "AssessmentFactors")},
    "The assessment authorised on {AssessmentAuthorisationDate} has no factors, or a factor that is not a code of the "
    "census.",
    "Enter each factor that the assessment identified, or 21 if it identified none, or explain.",
)
def missing_or_unknown(data: Data) -> pl.DataFrame:
    completed = data["Assessments"].filter(pl.col("AssessmentAuthorisationDate") >= data.start)
    given = factors(data)
    unknown = given.filter(~pl.col("factor").is_in(data.codes("assessment_factor")))
    without = data.without(completed, given, ASSESSMENT)
    wrong = completed.join(unknown, on=ASSESSMENT, how="semi")
    return pl.concat([without, wrong])


@rule(
    "8898",
    {"Assessments": ("AssessmentFactors",)},
    "The assessment has the factor {factor} more than once.",
    "Keep it once.",
)
def repeated(data: Data) -> pl.DataFrame:
    return factors(data).filter(pl.struct(*ASSESSMENT, "factor").is_duplicated())
