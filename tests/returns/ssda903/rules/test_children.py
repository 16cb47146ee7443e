"""Who the child is, and what last year's return said."""

from tests.returns.ssda903.rules.found import found


def test_202_sex_is_last_years_whichever_code_it_had() -> None:
    now, then = "CHILD SEX|a M|b F|c M|d M", "CHILD SEX|a 1|b 1|c -"
    assert found("202", Header=now, Header_last=then) == {"Header": [2, 3]}


def test_203_date_of_birth_is_last_years() -> None:
    now, then = "CHILD DOB|a 1/5/15|b 1/5/15|c -|d 1/5/15", "CHILD DOB|a 1/5/15|b 2/5/15|c -"
    assert found("203", Header=now, Header_last=then) == {"Header": [2]}


def test_204_ethnicity_is_last_years() -> None:
    now, then = "CHILD ETHNIC|a WBRI|b wbri|c NOBT", "CHILD ETHNIC|a WBRI|b WBRI|c WOTH"
    assert found("204", Header=now, Header_last=then) == {"Header": [3]}


def test_208_a_pupil_number_may_become_known_but_not_another() -> None:
    now = "CHILD UPN|a A123456789012|b A123456789012|c UN2|d UN3|e UN1|f -|g A123456789012|h -"
    then = "CHILD UPN|a A123456789012|b B123456789012|c UN1|d UN2|e A123456789012|f -|g UN4|h UN1"
    assert found("208", Header=now, Header_last=then) == {"Header": [2, 4, 5, 8]}


def test_209_a_child_of_school_age_is_not_below_it() -> None:
    assert found("209", Header="DOB UPN|31/8/21 UN1|1/9/21 UN1|1/1/15 UN2") == {"Header": [1]}


def test_210_newly_looked_after_means_in_the_last_week() -> None:
    header = "CHILD UPN|a UN4|b UN4|c UN2"
    assert found("210", Header=header, Episodes="CHILD DECOM|a 23/3|b 24/3|c 1/4") == {"Episodes": [1], "Header": [1]}


def test_232_sex_unknown_is_a_query() -> None:
    assert found("232", Header="SEX|U|M|-") == {"Header": [1]}


def test_442_a_looked_after_child_has_a_pupil_number() -> None:
    episodes = "CHILD LS|a C2|b C2|c V3"
    assert found("442", Header="CHILD UPN|a -|b UN1|c -|d -", Episodes=episodes) == {"Header": [1]}


def test_444_a_pupil_number_belongs_to_one_child() -> None:
    assert found("444", Header="UPN|A123456789012|A123456789012|UN1|UN1|-|-") == {"Header": [1, 2]}


def test_165_mother_status_is_asked_of_girls_looked_after_in_the_year() -> None:
    header = "CHILD SEX MOTHER|a F -|b F 1|c M 0|d F 2|e F 1|f F -|g F -"
    episodes = "CHILD DECOM DEC LS|a 1/4 - C2|b 1/4 - C2|c 1/4 - C2|d 1/4 - C2|e 1/4/20 1/5/20 C2|f 1/4 - V3"
    result = found("165", Header=header, Episodes=episodes, OC3="CHILD IN_TOUCH|e YES|g YES")
    assert result == {"Header": [1, 3, 4, 5], "OC3": [1]}


def test_174_a_boy_is_no_mother() -> None:
    assert found("174", Header="SEX MC_DOB|M 1/5|F 1/5|M -") == {"Header": [1]}
    assert found("174", 2024, Header="SEX MC_DOB|1 1/5|2 1/5") == {"Header": [1]}


def test_207_a_mother_stays_one() -> None:
    now, then = "CHILD MOTHER|a 0|b 1|c -|d 0", "CHILD MOTHER|a 1|b 1|c 1|d 1"
    assert found("207", Header=now, Header_last=then, Episodes="CHILD|a|b|c") == {"Header": [1, 3]}


def test_393_whether_a_girl_is_a_mother_is_given() -> None:
    header = "CHILD SEX MOTHER|a F -|b F 0|c M -|d F -"
    assert found("393", Header=header, Episodes="CHILD LS|a C2|b C2|c C2|d V4") == {"Header": [1]}


def test_607_and_when_she_leaves_care() -> None:
    episodes = "CHILD LS DEC REC|a C2 1/5 E2|b C2 1/5 X1|c V3 1/5 E8|d C2 1/5/20 E8|e C2 1/5 E8"
    header = "CHILD SEX MOTHER|a F -|b F -|c F -|d F -|e F 1"
    assert found("607", Header=header, Episodes=episodes) == {"Episodes": [1], "Header": [1]}


def test_611_and_612_mother_and_childs_birth_go_together() -> None:
    header = "SEX MOTHER MC_DOB|F 1 -|F 1 1/5|F 0 1/5|F - 1/5|F 0 -"
    assert found("611", Header=header) == {"Header": [1]}
    assert found("612", Header=header) == {"Header": [3, 4]}


def test_620_and_621_mothers_are_older_than_children() -> None:
    header = "DOB MOTHER MC_DOB|2/4/15 1 1/5/26|1/4/15 1 1/5/26|1/5/12 1 1/5/12|1/5/12 1 2/5/12"
    assert found("620", Header=header) == {"Header": [1]}
    assert found("621", Header=header) == {"Header": [3]}


def test_624_the_first_child_stays_the_first() -> None:
    now, then = "CHILD MC_DOB|a 1/5/25|b 2/5/25|c 1/5/25|d -", "CHILD MC_DOB|a 1/5/25|b 1/5/25|c -|d 1/5/25"
    assert found("624", Header=now, Header_last=then) == {"Header": [2, 4]}


def test_625_births_after_leaving_care_are_not_asked() -> None:
    header = "CHILD MC_DOB|a 1/4/27|b 1/6|c 1/5|d 1/6"
    episodes = "CHILD DECOM DEC|a 1/4 1/5|b 1/4 1/5|c 1/4 1/5|d 1/4 1/5|d 1/5 -"
    assert found("625", Header=header, Episodes=episodes) == {"Header": [1, 2], "Episodes": [1, 2]}


def test_626_a_birth_before_the_year_made_her_a_mother_then() -> None:
    now, then = "CHILD MOTHER MC_DOB|a 1 31/3/26|b 1 1/4|c 1 31/3/26", "CHILD MOTHER|a 0|b 0|c 1"
    assert found("626", Header=now, Header_last=then) == {"Header": [1]}


def test_628_motherhood_is_not_asked_of_care_leavers() -> None:
    tables = {"Header": "CHILD MOTHER|a 1|b 1|c -", "Episodes": "CHILD|b", "OC3": "CHILD IN_TOUCH|a YES|b YES|c YES"}
    assert found("628", **tables) == {"Header": [1]}


def test_205a_asylum_status_that_ended_has_its_date_last_year() -> None:
    now = {"Header": "CHILD UASC|a 0|b 0|c 0|d 1", "UASC": "CHILD DUC|b 1/5|d 1/5"}
    then = {"Header_last": "CHILD UASC|a 1|b 1|c 1|d 1", "UASC_last": "CHILD DUC|a 1/5/25|b 1/5/25|c 1/5/30|d 1/5/30"}
    assert found("205A", **now, **then) == {"UASC": [1], "Header": [2, 3]}


def test_205b_asylum_status_that_goes_on_has_fitting_dates() -> None:
    now = {"Header": "CHILD UASC|a 1|b 1|c 1", "UASC": "CHILD DUC|a 1/5/30|b 1/5|c 1/6/30"}
    last = "CHILD DOB DUC|a 1/5/12 1/5/30|b 1/5/12 1/5/30|c 1/5/12 1/5/30"
    then = {"Header_last": "CHILD UASC|a 1|b 1|c 1", "UASC_last": last}
    assert found("205B", **now, **then) == {"UASC": [3], "Header": [3]}


def test_205c_no_status_no_date() -> None:
    now = {"Header": "CHILD UASC|a 0|b 1", "UASC": "CHILD DUC|a 1/5|b 1/5"}
    assert found("205C", **now, Header_last="CHILD UASC|a 0|b 0", UASC_last="CHILD|a|b") == {"UASC": [1], "Header": [1]}


def test_205d_a_new_status_was_not_known_last_year() -> None:
    now, then = "CHILD UASC|a 1|b 1|c 1|d 0", "CHILD UASC|a 0|b 1|d 0"
    assert found("205D", Header=now, Header_last=then) == {"Header": [1]}
    without = {"UASC": "CHILD SEX|a M", "UASC_last": "CHILD DOB|a 1/5/12"}
    assert found("205D", **without) == {"UASC": [1]}


def test_231_young_asylum_seekers_are_a_query() -> None:
    assert found("231", Header="DOB UASC|1/4/16 1|31/3/16 1|1/4/20 0") == {"Header": [1]}


def test_303_a_date_needs_the_status() -> None:
    tables = {"Header": "CHILD UASC|a 0|b 1|c 0", "UASC": "CHILD DUC|a 1/5|b 1/5|c -"}
    assert found("303", **tables) == {"UASC": [1], "Header": [1]}


def test_304_asylum_status_ends_at_18() -> None:
    assert found("304", UASC="DOB DUC|1/5/12 1/5/30|1/5/12 2/5/30") == {"UASC": [2]}


def test_1014_asylum_is_not_asked_of_care_leavers() -> None:
    tables = {"UASC": "CHILD|a|b|c", "OC3": "CHILD IN_TOUCH|a YES|b YES|c -"}
    episodes = "CHILD DECOM DEC|a 1/4/20 1/5/20|b 1/4 -|c 1/4/20 1/5/20"
    assert found("1014", Episodes=episodes, **tables) == {"UASC": [1], "OC3": [1]}
