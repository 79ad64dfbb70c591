"""Names that may be a person's: a customer's, a server's, a card holder's.

A list of given names by hand, of the languages of the receipts that are read. Left out
are those that are as often a thing's, a place's or a shop's word (Rose, Austin, Ruby).
Who is called so may own a shop; so such a name is no less a candidate, only less sure.
"""

import re

from receipts.reading.labels import plain

_WESTERN = """
    aaron abigail adam adrian aisha alan albert alejandro alex alexander alexandra
    alexis alice alicia allison amanda amelia amy ana andre andrea andreas andrew
    angela anita ann anna anne annette annie anthony antonio arthur ashley audrey
    barbara beate ben benjamin bernard bernd bernhard beth betty beverly birgit bob
    bobby bonnie brandon brenda brian brigitte bruce bryan carl carlos carmen
    caroline carolyn carsten catherine charles charlotte cheryl chris christa
    christian christina christine christopher cindy claudia connie craig cynthia dan
    daniel daniela danielle darlene david deborah debra denise dennis dennise derek
    diana diane dieter dietmar dirk don donald donna doris dorothy douglas ed eddie
    edward eileen elena elizabeth elke ellen emilia emily emma eric erik erika erin
    esther ethan eva evelyn fernando finn florian francisco franz fred frederick
    friedrich fritz gabriel gabriele gary george gerald gerhard gisela gloria greg
    gregory greta gudrun guillermo gunter hanna hannah hans harald harold harry
    heather heike heinrich heinz helen helga helmut henry herbert holger horst
    howard hugo ian ines ingrid irene isabel isabella ivan jack jackie jacob
    jacqueline james jan jane janet janice jason javier jean jeff jeffrey jennifer
    jeremy jerry jessica jessie jill jim jimmy joan joanne joe joel johann johannes
    john johnny jon jonas jonathan jorge jose josef joseph joshua joyce juan judith
    judy julia julian julie julius jurgen justin kai karen karin karl karla karsten
    kate katherine kathleen kathryn kathy katie katja katrin keith kelly ken kenneth
    kerstin kevin kim kimberly klaus kristen kristin kurt kyle larry lars laura
    lauren laurie lawrence leah lena leo leon leonard leonie leslie liam lina linda
    lisa lori lothar louis louise luca lucas lucia luis luisa lukas lynn manfred
    manuel manuela marcel marco marcus margaret maria marie marilyn mario marion
    markus marlene marta martha martin martina mary mateo matthew matthias max megan
    melanie melissa mia michael michaela michelle miguel mike milena monica monika
    moritz muhammad nancy natalie nathan nicholas nico nicole nina noah norbert
    norma olga oliver olivia oscar oskar otto pablo pamela pascal patricia patrick
    paul paula pauline pedro peggy peter petra philip philipp phillip phyllis rachel
    rafael rainer ralf ralph ramon randy raul raymond rebecca renate ricardo richard
    rita robert roberto robin roger roland rolf ron ronald rosa ruben ruth ryan
    sabine sam samantha samuel sandra sara sarah saskia scott sean sebastian sergio
    sharon sheila shirley silke simon simone sofia sophia sophie stefan stefanie
    stephan stephanie stephen steve steven sue susan susanne sven sylvia tamara
    tanja ted teresa terry theo theodor theresa thomas tiffany tim timothy tina
    tobias todd tom tommy tony torsten tracy tyler ulrich ursula ute uwe valentina
    valerie vanessa veronica vincent volker walter wanda wayne wendy werner wilhelm
    william wolfgang xavier yolanda yvonne zachary
"""
_MALAYSIAN = """
    abdul abdullah adibah ahmad aina ainun aisyah akmal alif amin aminah amir amirah
    anwar arif aslam azhar aziz azizah azlan azman azmi daud devi faizal farah farid
    faridah fatimah fauzi ganesan hafiz haikal hakim halim halimah hamid hanafi
    harun hasan hashim hassan hidayah hisham husna hussein ibrahim idris imran
    iskandar ismail izzat jamal jamilah kamal kamaruddin kamarul khairul khalid
    kumar lakshmi mahmud mariam maryam mohamad mohamed mohammad mohammed mohd
    muhamad muhammad murni mustafa muthu nabila nadia najib nasir nazri noor nor
    noraini norazlina norhayati nur nurul omar osman priya rahim rahman rajesh
    ramesh rashid ravi razak rizal ros roslan rosli rosnah roziah sabri saiful
    salleh salmah shahrul shamsul sharifah siti siva suhaimi sulaiman suresh syafiq
    syed wan yusof yusuf zainab zainal zakaria zaleha zulkifli
"""
GIVEN = frozenset(f"{_WESTERN} {_MALAYSIAN}".split())
# Of Chinese names, which have the family's first, with two syllables behind it.
_CHINESE_FAMILIES = """
    ang chai chan chang cheah chee chen cheng cheong chew chia chin chiu chong chow
    chua eng fong foo gan goh han heng ho hong hor kam kho khoo koh kok kong kuan
    kwan lai lam lau law lee leong leow liew lim lin ling loh loo low lum mah mok
    neo ng ngo oh ong ooi pang phang phua quah quek seah see seow siew sim sin soh
    soo tan tang tay tee teh teo teoh thong toh tong wee wong woo woon yap yau yee
    yeo yeoh yew yip yong
"""
_FAMILIES = frozenset(_CHINESE_FAMILIES.split())
# Before a name, and within one: Encik Ali, Siti binti Omar, Muthu a/l Raman.
_TITLE = re.compile(
    r"^(?:mr|mrs|ms|miss|mdm|madam|encik|cik|puan|tuan|herr|frau|sr|sra|senor|senora)"
    r"\.?\s+[^\W\d_]",
    re.IGNORECASE,
)
_CHILD_OF = re.compile(r"\s(?:bin|binti|binte|bte|a/l|a/p|s/o|d/o)\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?[.,]?")
MOST_WORDS = 3


def may_be_a_person(name: str) -> bool:
    """Whether a name reads like a person's: with a title, or up to three words of
    which the first is a given name, or a Chinese family's before two syllables."""
    if _TITLE.search(name) or _CHILD_OF.search(name):
        return True
    printed = name.split()
    # "Joe's", "Tim & Tom" and "Tina #4" are shops.
    if not 1 <= len(printed) <= MOST_WORDS or not all(map(_WORD.fullmatch, printed)):
        return False
    words = plain(name).split()
    if not words:
        return False
    if printed[0].endswith(",") and len(words) > 1:  # Doe, Jane
        return words[1] in GIVEN
    if words[0] in GIVEN:
        return True
    return (
        len(words) == 3
        and words[0] in _FAMILIES
        and all(len(word) <= 6 for word in words)
    )
