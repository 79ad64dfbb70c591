"""Medicines as tills and labels print them: names, strengths, forms, pack sizes.

Names are public (generic names, brands); which strength goes with which is roughly
right, which is enough for a picture.
"""

import random
from dataclasses import dataclass

# generic name; brand or -; strengths; form (see FORMS). One medicine a line.
PRESCRIBED = """
abacavir;Ziagen;300;tab
acyclovir;Zovirax;200 400 800;tab
albuterol hfa;ProAir HFA;90MCG;inh
albuterol sulfate;-;0.083%;neb
alendronate sodium;Fosamax;35 70;tab
allopurinol;Zyloprim;100 300;tab
alprazolam;Xanax;0.25 0.5 1;tab
amiodarone hcl;Pacerone;200 400;tab
amitriptyline hcl;Elavil;10 25 50 75;tab
amlodipine besylate;Norvasc;2.5 5 10;tab
amlodipine-benazepril;Lotrel;5-10 5-20 10-40;cap
amoxicillin;Amoxil;250 500 875;cap
amoxicillin-clavulanate;Augmentin;500-125 875-125;tab
anastrozole;Arimidex;1;tab
apixaban;Eliquis;2.5 5;tab
aripiprazole;Abilify;2 5 10 15;tab
atenolol;Tenormin;25 50 100;tab
atomoxetine;Strattera;18 25 40 60;cap
atorvastatin calcium;Lipitor;10 20 40 80;tab
azathioprine;Imuran;50;tab
azithromycin;Zithromax Z-Pak;250 500;tab
baclofen;Lioresal;10 20;tab
benazepril hcl;Lotensin;10 20 40;tab
benzonatate;Tessalon;100 200;cap
bisoprolol fumarate;Zebeta;5 10;tab
budesonide-formoterol;Symbicort;160-4.5MCG;inh
bumetanide;Bumex;1 2;tab
buprenorphine-naloxone;Suboxone;8-2;film
bupropion hcl xl;Wellbutrin XL;150 300;ter
buspirone hcl;Buspar;5 10 15;tab
canagliflozin;Invokana;100 300;tab
candesartan;Atacand;8 16 32;tab
carbamazepine;Tegretol;200;tab
carbidopa-levodopa;Sinemet;25-100 25-250;tab
carvedilol;Coreg;3.125 6.25 12.5 25;tab
cefdinir;Omnicef;300;cap
cefuroxime axetil;Ceftin;250 500;tab
celecoxib;Celebrex;100 200;cap
cephalexin;Keflex;250 500;cap
chlorthalidone;Thalitone;25 50;tab
ciprofloxacin hcl;Cipro;250 500;tab
citalopram hbr;Celexa;10 20 40;tab
clindamycin hcl;Cleocin;150 300;cap
clobetasol propionate;Temovate;0.05%;crm
clonazepam;Klonopin;0.5 1 2;tab
clonidine hcl;Catapres;0.1 0.2;tab
clopidogrel;Plavix;75;tab
colchicine;Colcrys;0.6;tab
cyclobenzaprine hcl;Flexeril;5 10;tab
cyclosporine;Restasis;0.05%;eye
dabigatran etexilate;Pradaxa;75 150;cap
dapagliflozin;Farxiga;5 10;tab
dexamethasone;Decadron;2 4;tab
dextroamphetamine-amphetamine er;Adderall XR;10 20 30;cap
diazepam;Valium;2 5 10;tab
diclofenac sodium dr;Voltaren;50 75;tab
dicyclomine hcl;Bentyl;10 20;cap
digoxin;Lanoxin;0.125 0.25;tab
diltiazem 24hr er;Cardizem CD;120 180 240;cap
divalproex sodium er;Depakote ER;250 500;ter
donepezil hcl;Aricept;5 10;tab
doxazosin mesylate;Cardura;2 4 8;tab
doxycycline hyclate;Vibramycin;50 100;cap
dulaglutide;Trulicity;0.75MG/0.5ML 1.5MG/0.5ML;pen
duloxetine hcl;Cymbalta;20 30 60;cap
dutasteride;Avodart;0.5;cap
empagliflozin;Jardiance;10 25;tab
emtricitabine-tenofovir;Truvada;200-300;tab
enalapril maleate;Vasotec;5 10 20;tab
enoxaparin sodium;Lovenox;40MG/0.4ML;syr
entecavir;Baraclude;0.5 1;tab
epinephrine;EpiPen 2-Pak;0.3MG;pen
erythromycin;-;0.5%;eye
escitalopram oxalate;Lexapro;5 10 20;tab
estradiol;Estrace;0.5 1 2;tab
eszopiclone;Lunesta;1 2 3;tab
ezetimibe;Zetia;10;tab
famciclovir;Famvir;250 500;tab
febuxostat;Uloric;40 80;tab
fenofibrate;Tricor;48 145;tab
fentanyl;Duragesic;25MCG/HR;pat
finasteride;Proscar;5;tab
flecainide acetate;Tambocor;50 100;tab
fluconazole;Diflucan;100 150 200;tab
fluoxetine hcl;Prozac;10 20 40;cap
fluticasone-salmeterol;Advair Diskus;250-50MCG;inh
furosemide;Lasix;20 40 80;tab
gabapentin;Neurontin;100 300 600;cap
gemfibrozil;Lopid;600;tab
glimepiride;Amaryl;1 2 4;tab
glipizide er;Glucotrol XL;2.5 5 10;ter
glyburide;Diabeta;2.5 5;tab
guanfacine hcl er;Intuniv;1 2 3;ter
haloperidol;Haldol;1 2 5;tab
hydralazine hcl;Apresoline;25 50;tab
hydrochlorothiazide;Microzide;12.5 25;tab
hydrocodone-acetaminophen;Norco;5-325 7.5-325 10-325;tab
hydroxychloroquine;Plaquenil;200;tab
hydroxyzine pamoate;Vistaril;25 50;cap
insulin aspart;NovoLog FlexPen;100UNIT/ML;pen
insulin glargine;Lantus SoloStar;100UNIT/ML;pen
insulin lispro;Humalog KwikPen;100UNIT/ML;pen
ipratropium-albuterol;Combivent;0.5-3MG/3ML;neb
irbesartan;Avapro;75 150 300;tab
isosorbide mononitrate er;Imdur;30 60;ter
ivermectin;Stromectol;3;tab
ketoconazole;Nizoral;2%;sha
labetalol hcl;Trandate;100 200;tab
lacosamide;Vimpat;50 100;tab
lamotrigine;Lamictal;25 100 150 200;tab
latanoprost;Xalatan;0.005%;eye
letrozole;Femara;2.5;tab
levetiracetam;Keppra;250 500 750;tab
levofloxacin;Levaquin;250 500 750;tab
levonorgestrel-ethinyl estradiol;Aviane;0.1-20;pak
levothyroxine sodium;Synthroid;25MCG 50MCG 75MCG 100MCG 125MCG;tab
linagliptin;Tradjenta;5;tab
linezolid;Zyvox;600;tab
liraglutide;Victoza;18MG/3ML;pen
lisdexamfetamine;Vyvanse;20 30 50 70;cap
lisinopril;Zestril;2.5 5 10 20 40;tab
lisinopril-hctz;Zestoretic;10-12.5 20-12.5;tab
lithium carbonate;Lithobid;300;cap
lorazepam;Ativan;0.5 1 2;tab
losartan potassium;Cozaar;25 50 100;tab
losartan-hctz;Hyzaar;50-12.5 100-25;tab
lurasidone;Latuda;20 40 80;tab
meclizine hcl;Antivert;12.5 25;tab
medroxyprogesterone;Provera;5 10;tab
meloxicam;Mobic;7.5 15;tab
memantine hcl;Namenda;5 10;tab
metaxalone;Skelaxin;800;tab
metformin hcl;Glucophage;500 850 1000;tab
metformin hcl er;Glucophage XR;500 750;ter
methocarbamol;Robaxin;500 750;tab
methotrexate;Trexall;2.5;tab
methylphenidate er;Concerta;18 27 36 54;ter
methylprednisolone;Medrol Dosepak;4;pak
metoclopramide;Reglan;5 10;tab
metoprolol succinate er;Toprol XL;25 50 100;ter
metoprolol tartrate;Lopressor;25 50 100;tab
metronidazole;Flagyl;250 500;tab
minocycline hcl;Minocin;50 100;cap
mirtazapine;Remeron;7.5 15 30;tab
modafinil;Provigil;100 200;tab
mometasone furoate;Elocon;0.1%;crm
montelukast sodium;Singulair;4 5 10;tab
morphine sulfate er;MS Contin;15 30;ter
mupirocin;Bactroban;2%;oin
mycophenolate mofetil;CellCept;250 500;cap
nabumetone;Relafen;500 750;tab
naltrexone hcl;Revia;50;tab
naproxen;Naprosyn;250 375 500;tab
nebivolol;Bystolic;2.5 5 10;tab
nifedipine er;Procardia XL;30 60 90;ter
nitrofurantoin mono-macro;Macrobid;100;cap
nitroglycerin;Nitrostat;0.4;sl
norethindrone;Camila;0.35;pak
nortriptyline hcl;Pamelor;10 25 50;cap
nystatin;-;100000U/ML;sus
olanzapine;Zyprexa;2.5 5 10;tab
olmesartan medoxomil;Benicar;20 40;tab
ondansetron odt;Zofran ODT;4 8;odt
oseltamivir phosphate;Tamiflu;75;cap
oxcarbazepine;Trileptal;150 300;tab
oxybutynin chloride er;Ditropan XL;5 10;ter
oxycodone hcl;Roxicodone;5 10 15;tab
oxycodone-acetaminophen;Percocet;5-325 10-325;tab
paliperidone er;Invega;3 6;ter
pantoprazole sodium;Protonix;20 40;tab
paroxetine hcl;Paxil;10 20 40;tab
penicillin v potassium;-;250 500;tab
phentermine hcl;Adipex-P;37.5;tab
pioglitazone hcl;Actos;15 30 45;tab
potassium chloride er;Klor-Con M20;10MEQ 20MEQ;ter
pramipexole;Mirapex;0.25 0.5;tab
prasugrel;Effient;10;tab
pravastatin sodium;Pravachol;20 40 80;tab
prazosin hcl;Minipress;1 2 5;cap
prednisolone acetate;Pred Forte;1%;eye
prednisone;Deltasone;5 10 20;tab
pregabalin;Lyrica;50 75 150;cap
progesterone;Prometrium;100 200;cap
promethazine hcl;Phenergan;12.5 25;tab
propranolol hcl;Inderal;10 20 40;tab
quetiapine fumarate;Seroquel;25 50 100 200;tab
quinapril hcl;Accupril;10 20;tab
raloxifene hcl;Evista;60;tab
ramipril;Altace;2.5 5 10;cap
ranolazine er;Ranexa;500;ter
rifaximin;Xifaxan;550;tab
risperidone;Risperdal;0.5 1 2;tab
rivaroxaban;Xarelto;10 15 20;tab
rizatriptan;Maxalt;5 10;tab
ropinirole hcl;Requip;0.5 1 2;tab
rosuvastatin calcium;Crestor;5 10 20 40;tab
sacubitril-valsartan;Entresto;24-26 49-51;tab
semaglutide;Ozempic;2MG/1.5ML;pen
sertraline hcl;Zoloft;25 50 100;tab
sildenafil citrate;Viagra;25 50 100;tab
simvastatin;Zocor;10 20 40;tab
sitagliptin;Januvia;50 100;tab
solifenacin;Vesicare;5 10;tab
spironolactone;Aldactone;25 50 100;tab
sucralfate;Carafate;1GM;tab
sulfamethoxazole-tmp ds;Bactrim DS;800-160;tab
sumatriptan succinate;Imitrex;25 50 100;tab
tacrolimus;Prograf;0.5 1;cap
tadalafil;Cialis;5 10 20;tab
tamoxifen citrate;Nolvadex;10 20;tab
tamsulosin hcl;Flomax;0.4;cap
telmisartan;Micardis;40 80;tab
temazepam;Restoril;15 30;cap
terazosin hcl;Hytrin;1 2 5;cap
terbinafine hcl;Lamisil;250;tab
testosterone;AndroGel;1.62%;gel
ticagrelor;Brilinta;60 90;tab
timolol maleate;Timoptic;0.5%;eye
tiotropium;Spiriva Respimat;2.5MCG;inh
tizanidine hcl;Zanaflex;2 4;tab
tolterodine tartrate er;Detrol LA;2 4;cap
topiramate;Topamax;25 50 100;tab
torsemide;Demadex;10 20;tab
tramadol hcl;Ultram;50;tab
tranexamic acid;Lysteda;650;tab
trazodone hcl;Desyrel;50 100 150;tab
tretinoin;Retin-A;0.025% 0.05%;crm
triamcinolone acetonide;Kenalog;0.1%;oin
triamterene-hctz;Maxzide;37.5-25;tab
upadacitinib er;Rinvoq;15;ter
ursodiol;Actigall;300;cap
valacyclovir hcl;Valtrex;500 1000;tab
valsartan;Diovan;80 160;tab
varenicline;Chantix;0.5 1;tab
venlafaxine hcl er;Effexor XR;37.5 75 150;cap
verapamil er;Calan SR;120 240;ter
vilazodone;Viibryd;20 40;tab
vortioxetine;Trintellix;10 20;tab
warfarin sodium;Coumadin;1 2.5 5;tab
zolpidem tartrate;Ambien;5 10;tab
zonisamide;Zonegran;25 100;cap
"""


# How each form is written: short, long, British, German; and usual quantities.
FORMS = {
    "tab": (
        ("TAB", "TABS", "TABLET"),
        "tablet",
        "tablets",
        "Tabl.",
        (30, 60, 90, 14, 28, 10),
    ),
    "cap": (
        ("CAP", "CAPS", "CAPSULE"),
        "capsule",
        "capsules",
        "Kaps.",
        (30, 60, 90, 20, 21),
    ),
    "ter": (
        ("TAB ER", "ER TAB", "TB24"),
        "ER tablet",
        "MR tablets",
        "Ret.tabl.",
        (30, 60, 90),
    ),
    "odt": (
        ("ODT", "TBDP"),
        "disintegrating tablet",
        "orodispersible tabs",
        "Schmelztbl.",
        (8, 12, 20),
    ),
    "sl": (("SL TAB", "SUBL"), "sublingual tablet", "s/l tablets", "Subl.tbl.", (25,)),
    "inh": (
        ("INH", "INHALER", "AER"),
        "inhaler",
        "inhaler 200d",
        "Dosieraer.",
        (1, 8.5, 18),
    ),
    "neb": (("NEB SOL", "NEBU"), "nebulizer solution", "nebules", "Inh.lsg.", (75, 90)),
    "crm": (("CRM", "CREAM"), "cream", "cream", "Creme", (15, 30, 45)),
    "oin": (("OINT", "OIN"), "ointment", "ointment", "Salbe", (15, 22, 30)),
    "gel": (("GEL", "GEL PUMP"), "gel", "gel", "Gel", (75, 88)),
    "sha": (("SHAM", "SHAMPOO"), "shampoo", "shampoo", "Shampoo", (120,)),
    "eye": (
        ("OPTH", "EYE DRP", "OPHTH"),
        "eye drops",
        "eye drops",
        "Augentr.",
        (2.5, 5, 10),
    ),
    "pen": (
        ("PEN", "PEN INJ", "SOPN"),
        "pen",
        "pre-filled pen",
        "Fertigpen",
        (3, 6, 15),
    ),
    "syr": (("SYR", "PFS"), "syringe", "pre-filled syringe", "Fertigspr.", (10, 14)),
    "film": (("FILM", "SL FILM"), "film", "film", "Schmelzfilm", (30, 60)),
    "pat": (("PATCH", "PT72"), "patch", "patches", "Pflaster", (5, 10)),
    "pak": (("PAK", "PACK", "KIT"), "pack", "pack", "Pack", (21, 28, 84)),
    "sus": (("SUSP", "SUS"), "suspension", "oral suspension", "Susp.", (60, 120)),
}


# Dispensed abroad, as the till there prints it.
GERMAN = """
RAMIPRIL AL 5MG TABL;100 St
L-THYROXIN HENNING 75;98 St
METOPROLOL SUCC 47,5MG;100 St
PANTOPRAZOL TAD 40MG;98 St
IBUFLAM 800MG LICHTENST;50 St
NOVAMINSULFON LICHT 500;50 St
BISOPROLOL RATIO 2,5MG;100 St
AMLODIPIN DEXCEL 5MG;100 St
SIMVASTATIN 1A PHARMA 20;100 St
METFORMIN LICH 1000MG;180 St
TORASEMID AL 10MG;100 St
CANDESARTAN STADA 8MG;98 St
AMOXICILLIN HEUMANN 1000;20 St
XARELTO 20MG FILMTABL;98 St
ELIQUIS 5MG FTA;168 St
CEFUROXIM BASICS 500MG;12 St
SALBUTAMOL RATIO N;1 St
PREDNISOLON 5MG JENAPH.;100 St
OZEMPIC 1MG FERTIGPEN;1 St
LANTUS 100E SOLOSTAR;5X3 ml
ESCITALOPRAM HEU 10MG;100 St
MIRTAZAPIN STADA 15MG;96 St
TILIDIN COMP 50/4MG RET;50 St
ATORVASTATIN BASICS 40;100 St
EUTHYROX 50MYG TABL;100 St
FORMOTEROL EASYHALER;1 St
VALSARTAN-1A PHARMA 160;98 St
CLOPIDOGREL TAD 75MG;100 St
"""


MALAYSIAN = """
AMLODIPINE 5MG TAB (10S)
PERINDOPRIL 4MG 30S
CO-DIOVAN 80/12.5MG
GLICLAZIDE MR 60MG
AUGMENTIN 625MG TAB
METFORMIN 500MG 10X10S
CRESTOR 10MG 28S
LOSARTAN 50MG 30'S
SIMVASTATIN 20MG TAB
VENTOLIN EVOHALER 100MCG
CEPHALEXIN 250MG CAP
PREDNISOLONE 5MG TAB
CLARITHROMYCIN 500MG
ARCOXIA 90MG 10S
GALVUS MET 50/1000MG
NORVASC 10MG 30S
"""


@dataclass(frozen=True)
class Medicine:
    """`strength` carries its unit; `form` is a key of `FORMS`; `brand` may be ""."""

    name: str
    brand: str
    strength: str
    form: str
    quantity: float


def lines_of(block: str) -> list[str]:
    return [line for line in block.strip().splitlines() if line]


MEDICINES = [tuple(line.split(";")) for line in lines_of(PRESCRIBED)]


def some_medicine(rng: random.Random) -> Medicine:
    name, brand, strengths, form = rng.choice(MEDICINES)
    strength = rng.choice(strengths.split())
    if strength[-1].isdigit():
        strength += "MG"
    quantity = rng.choice(FORMS[form][4])
    return Medicine(name, brand.strip("-"), strength, form, quantity)


def spaced(strength: str) -> str:
    """5MG as "5 MG"."""
    at = next(
        (n for n, c in enumerate(strength) if c.isalpha() or c == "%"), len(strength)
    )
    return f"{strength[:at]} {strength[at:]}".strip()


def printed(medicine: Medicine, rng: random.Random, *, width: int = 40) -> str:
    """The name with its strength, in one of the ways in which systems write it."""
    form = rng.choice(FORMS[medicine.form][0])
    name, strength = medicine.name, medicine.strength
    if medicine.brand and rng.random() < 0.3:
        name = medicine.brand
    style = rng.randrange(7)
    if style == 0:
        text = f"{name} {strength} {form}".upper()
    elif style == 1:
        text = f"{name} {spaced(strength)} {form}".upper()
    elif style == 2:
        text = f"{name} {form} {strength}".upper()
    elif style == 3:
        text = f"{name.title()} {spaced(strength).lower()} {FORMS[medicine.form][1]}"
    elif style == 4:
        text = f"{name.title()} {strength.lower()}"
    elif style == 5:
        text = f"{name[: rng.randint(7, 12)].strip(' -')} {strength}{form[:3]}".upper()
    else:
        text = f"{name} {strength}".upper()
    if len(text) > width:
        text = f"{name[: width - len(strength) - 1].strip(' -')} {strength}".upper()
    return text


def british(medicine: Medicine) -> str:
    strength = medicine.strength.lower().replace("mcg", "microgram")
    return f"{medicine.name.capitalize()} {strength} {FORMS[medicine.form][2]}"


def amount(quantity: float) -> str:
    return f"{quantity:g}"
