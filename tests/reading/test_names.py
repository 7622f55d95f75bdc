"""Who somebody is called after titles of many lands and services, and how names of many forms are taken up."""

import pytest

from parley.domain.source import Article
from parley.reading.cast import cast
from parley.reading.parsing import parsed

PEOPLE = ("Dale Ruddock", "Tomasz Zielinski", "Kwame Boateng", "Zoran Petric", "Amina Yusuf", "Noor Haddad")
TITLES = """Special Agent|Detective Chief Inspector|Assistant Sub-Inspector|Deputy Sheriff|State Trooper|Patrolman
Chief Warrant Officer|Petty Officer|Lance Corporal|Private|Sergeant First Class|Gunnery Sergeant|Flying Officer
Wing Commander|Rear Admiral|Commodore|Midshipman|Subedar|Prison Officer|Firefighter|Park Ranger|Sub-Prefect
Chief Magistrate|Coroner|Senior Counsel|Assemblywoman|Councilman|Alderwoman|Provost|Professor Emeritus|Headmistress
Archdeacon|Mother Superior|Archimandrite|Hieromonk|Prophet|Rebbe|Maulvi|Mahant|Jathedar|Sayadaw|Baroness|Count
Mwami|Ooni|Asiwaju|Ato|Mzee|Tan Sri|Dato' Sri|Tengku|Kyai|Daw|Khun|Doña|Ingeniero|Subcomandante|Senhora|Cacique|Abbé
Mademoiselle|Signor|Onorevole|Mevrouw|Freiherr|Ataman|Pte.|Pvt.|Cpt.|Atty.|Ven.|Ing.|Wg Cdr|Sqn Ldr|Det Con|DCI|DSP"""
LONE = ("Agent Ruddock", "Sheriff Cody", "Detective Lee", "Subcomandante Elías", "Dona Zefa", "Hajja Salma")


def meant(text, *words):
    """Whom words mean, each of them where it stands last in a text."""
    paragraphs = list(parsed(Article(text=text)))
    people = cast(paragraphs, (), article=Article(text=text))
    doc, found = paragraphs[0].doc, []
    for each in words:
        at = text.rindex(each)
        tokens = [token.i for token in doc if at <= token.idx < at + len(each)]
        found.append(people.named(paragraphs[0], tokens[0], tokens[-1], speaker=None))
    return found


@pytest.mark.parametrize("title", TITLES.replace("\n", "|").split("|"))
def test_a_title_is_no_part_of_a_full_name(title):
    name = PEOPLE[len(title) % len(PEOPLE)]
    last = name.split()[1]
    text = f"The road would stay closed, said {title} {name}, who leads the team. {last} wants a truce."
    assert meant(text, f"{title} {name}", last) == [name, name]


@pytest.mark.parametrize("name", LONE)
def test_a_rank_stays_with_a_name_that_is_never_given_in_full(name):
    assert meant(f"The road would stay closed, said {name}, who leads the team.", name) == [name]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Prince Owusu", "Prince Owusu"),
        ("Mason Greenwood", "Mason Greenwood"),
        ("Carter J. Page", "Carter J. Page"),
        ("Mother Agnes", "Mother Agnes"),
        ("Count Olaf", "Count Olaf"),
        ("Sergeant Dean Whitwam", "Dean Whitwam"),
        ("the Kenya Private Sector Alliance", "Kenya Private Sector Alliance"),
        ("the Detective Agency", "Detective Agency"),
        ("the Marine Corps", "Marine Corps"),
    ],
)
def test_a_word_that_may_be_a_title_is_left_in_other_names(name, shown):
    assert meant(f"The road would stay closed, said {name}, which was late.", name) == [shown]


@pytest.mark.parametrize(
    ("name", "later"),
    [
        ("Health economist Otieno Were", "Were"),
        ("Shepherdess Ilinca Munteanu", "Munteanu"),
        ("Widow Halima Juma", "Juma"),
        ("Ada Field", "Field"),
        ("Inês das Neves", "Neves"),
        ("Sidi ould Cheikh", "Ould Cheikh"),
        ("Mossa ag Attaher", "Ag Attaher"),
        ("Siti binti Kassim", "Siti"),
        ("María de los Ríos", "De los Ríos"),
        ("Henry Oakes III", "Oakes"),
        ("Robert (Bob) Tanner", "Tanner"),
        ("Jean KEITA (Mali)", "Mr KEITA"),
    ],
)
def test_a_name_of_any_form_is_taken_up_by_a_part_of_it(name, later):
    full = name.removeprefix("Health economist ").removeprefix("Shepherdess ").removeprefix("Widow ")
    verb = "called it a mistake" if later == "Were" else "wants a vote"
    shown = full.removesuffix(" (Mali)")
    assert meant(f"{name} said the gate was shut. {later} {verb}.", later) == [shown]


@pytest.mark.parametrize("who", ["Ministers", "ministers"])
def test_whose_envoys_are_listed_by_their_full_names_is_kept_whole(who):
    whole = f"The {who} of the Republic of Tharsia, the Federation of Ostan and the Principality of Ilmen"
    assert meant(f"{whole} said the river must be shared.", whole) == [f"the{whole[3:]}"]
