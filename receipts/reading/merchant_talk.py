"""What a till or a shop says in its header that is nobody's name.

Kinds of papers, who served, notices, wishes and slogans, and single goods, in the
languages of the receipts that are read. A line counts as such as a whole, so that
names which hold one of the words (Milk Bar, Happy Garden) stay names.
"""

import re

from receipts.reading.labels import plain


def one_of(*patterns: str) -> re.Pattern:
    """A pattern for `plain` text. Readers lose spaces: each of a phrase's is optional,
    but for those written as \\s, where words repeat."""
    return re.compile("|".join(patterns).replace(" ?", " ").replace(" ", " ?"))


# The whole line, or its beginning where the pattern ends in "any".
_ANY = r"(?:\b.*)?"
_PAPERS = (
    r"gift (?:cards?|certificate|voucher|wrap)" + _ANY,
    r"(?:e|digital|paper|itemi[sz]ed|exchange|return)? ?copy of .*",
    r"(?:self|assisted|express) (?:check out|service|scan|serve)" + _ANY,
    r"check ?outs?(?: lane| register| no)?(?: \d+)?|sco \d+",
    r"(?:online|mobile|web|phone|delivery|catering|kiosk|to go|take ?out|pick ?up"
    r"|curbside|dine in|call in|app|third party) (?:orders?|pick ?up|service)(?: .*)?",
    r"(?:customer|guest|member)s? (?:service|care|support|satisfaction|name|order"
    r"|signature|info|information|relations|account|id)" + _ANY,
    r"(?:employee|senior|military|student|staff) (?:discount|copy|meal|purchase)"
    + _ANY,
    r"(?:return|refund|exchange|store|privacy) policy" + _ANY,
    r"(?:store|business|opening|office|shop) hours?" + _ANY,
    r"no (?:refunds?|exchanges?|returns?|signature|tipping|cash (?:refund|back)"
    r"|smoking)" + _ANY,
    r"refunds?|exchanges?|returns?|coupons?|vouchers?|approved|declined|contactless"
    r"|chip read|swiped|training|test|sample|original|authori[sz]ed",
    r"(?:kunden|handler|kassen|bewirtungs) ?(?:beleg|bon|quittung|karte|nummer|konto)"
    + _ANY,
    r"selbst ?bedienung\w*|sb kasse(?: \d+)?|expresskasse|kasse \d+"
    r"|gutscheine?|geschenk ?(?:gutschein|bon|karte)|umtausch" + _ANY,
    r"layan diri|bayar sendiri|kaunter(?: \d+| bayaran)?|salinan" + _ANY,
)
_PEOPLE = (
    r"(?:(?:store|shift|duty|general|assistant|asst|area|branch|outlet|floor|district"
    r"|night|restaurant|bar|kitchen|shop) )?(?:manager|mgr|supervisor)s?\b" + _ANY,
    r"(?:served|assisted|helped|rung up|prepared|sold|cashed|checked|hosted|attended"
    r"|opened|closed|issued) by" + _ANY,
    r"(?:sold|ship|bill|delivered|deliver) to" + _ANY,
    r"(?:sales ?(?:person|man|rep|associate|clerk|assistant)|waitress|bartender"
    r"|attendant|operator|employee|associate|cashier|server|clerk|waiter)\b" + _ANY,
    r"(?:filial|markt|geschafts|betriebs|schicht) ?(?:leiter(?:in)?|leitung"
    r"|fuhr(?:er|ung)(?:in)?)\b" + _ANY,
    r"es bedien(?:te|t|en)" + _ANY + r"|bedien(?:er|erin|ung|t)\b" + _ANY,
    r"(?:kassierer|verkaufer|inhaber|mitarbeiter)(?:in)?\b" + _ANY + r"|inh\b.*",
    r"(?:pengurus|juruwang|jurujual|pelayan)\b" + _ANY,
)
_NOTICES = (
    r"(?:(?:my|your|our|vip|gold|silver|platinum|valued|preferred|plus|elite|premier"
    r"|club|rewards?|loyalty|bonus) ){0,2}"
    r"(?:rewards?|loyalty|member(?:ship)?s?|points?)"
    r"(?: (?:members?|card|number|no|id|balance|points?|program|earned|account"
    r"|customers?"
    r"|name|since|savings?|price|services?|discount|status|club|copy|only|level)\b"
    + _ANY
    + r")?",
    r"(?:rewards?|loyalty|points) .*",
    r"join (?:our|us|the|now|today|for).*|sign up.*|(?:apply|order|book|shop|pay)"
    r" (?:online|now|today|ahead|in person|with us|and save|local|smart)" + _ANY,
    r"(?:ask|tell|give|send|let|call|text|visit|follow|find|like|rate|review|see"
    r"|contact"
    r"|email|write|watch|tag|talk to|chat with) (?:us|our|your|me|about)\b" + _ANY,
    r"(?:scan|download|please|enter to win|win a|earn|redeem|don t|do not|let s (?:be"
    r"|keep))\b" + _ANY,
    r"keep (?:this|your|the)? ?(?:receipt|copy|ticket)?" + _ANY,
    r"(?:come|see|visit|call|hurry|stop|drop) (?:again|back|in|by|us|you|soon)" + _ANY,
    r"(?:have an?|get an?|(?:have|enjoy|try|get|take|save|buy|make|bring) (?:your?"
    r"|our|the"
    r"|more|up to"
    r"|big|money|\d+ ?%?|free|it|some|every))\b" + _ANY,
    r"(?:how|what|where|when|why|did) (?:did|was|were|are|is|do|you|we|would|can)\b"
    + _ANY,
    r"(?:questions?|comments?|suggestions?|complaints?|problems?)\b" + _ANY,
    r"(?:guest )?(?:user ?(?:name|id)|pass ?(?:word|code))\b" + _ANY,
    r"(?:open|now open|grand opening|closed)(?: (?:daily|24|7|mon|sun|late|until|every"
    r"|all|on|from|for)\b" + _ANY + r")?",
    r"free (?:delivery|wi ?fi|parking|refills?|gift|shipping|internet|coffee|drink"
    r"|with)" + _ANY,
    r"(?:we re |now |always |help )?(?:hiring|wanted)" + _ANY,
    r"(?:club|loyalty|bonus|store) cards?" + _ANY,
    r"under new management|equal opportunity.*|join our.*|careers?(?: at .*)?",
    r"kunden ?karte\b" + _ANY + r"|(?:bonus|treue|vorteils) ?(?:karte|punkte)\b" + _ANY,
    r"(?:offnungszeiten|geoffnet|wlan|pass ?wort|besuchen sie|folgen sie|bewerten sie"
    r"|fragen sie|sagen sie|sie wurden|sie haben|sparen sie|kommen sie|jetzt|unser\w*"
    r"|alles fur|(?:wir suchen|gesucht|mitarbeiter gesucht))\b" + _ANY,
    r"ihre? (?:einkauf|team|kassierer(?:in)?|besuch|beleg|bon|kassenbon|gutschein"
    r"|vorteil"
    r"|meinung|zufriedenheit|karte|punkte|ersparnis)\b" + _ANY,
    r"(?:kad ahli|ahli|keahlian|mata ganjaran|sila|sertai|ikuti|kata laluan"
    r"|jawatan kosong|waktu (?:operasi|perniagaan)|penghantaran|hubungi"
    r"|barang yang (?:telah )?(?:dijual|dibeli))\b" + _ANY,
)
_WISHES = (
    r"happy (?:holidays?|new year|easter|thanksgiving|halloween|birthday|anniversary"
    r"|valentine|mother|father|hour|shopping|hari raya|deepavali|diwali|chinese|lunar"
    r"|fourth|4th|hanukkah|independence|labor|memorial|weekend|friday)" + _ANY,
    r"merry (?:christmas|x ?mas)" + _ANY + r"|season s? ?greetings?" + _ANY,
    r"(?:many |with )?(?:thanks?|thank ?(?:you|u)|thx)\b" + _ANY,
    r"welcome(?: (?:back|home|to our|valued|dear|customers?|guests?|members?|friends?"
    r"|all)\b" + _ANY + r")?",
    r"hello|good (?:morning|afternoon|evening|bye|luck)" + _ANY,
    r"gracias(?: por .*)?|feliz (?:navidad|dia|ano)" + _ANY,
    r"(?:(?:vielen|besten|herzlichen|schonen) )?dank(?:e|eschon)?\b" + _ANY,
    r"(?:frohe|frohes|frohliche|schone|schones|schonen|guten|gutes|herzlich) (?:\w+\s)*"
    r"(?:weihnacht(?:en)?|ostern|fest|feiertage|jahr|tag|wochenende|abend|rutsch"
    r"|appetit"
    r"|willkommen|ferien)" + _ANY,
    r"willkommen(?: bei uns)?|auf wiedersehen" + _ANY,
    r"terima ?kasih" + _ANY + r"|jumpa lagi|sila datang lagi",
    r"selamat (?:datang|hari|jalan|tahun|makan|menjamu|membeli|berbelanja|pagi|petang)"
    + _ANY,
)
_SLOGANS = (
    r"(?:\w+\s){1,5}every (?:day|time|meal|bite|visit|occasion)(?:\s\w+)*",
    r"\w{4,}everyday|every ?day (?:low|great|fresh|is|we)" + _ANY + r"|every day",
    r"(?:a |proudly )?(?:(?:family|locally|employee|veteran|wom[ae]n|minority"
    r"|independently|proudly)(?: and)? )+(?:owned|operated|run)\b" + _ANY,
    r"(?:fresh|freshly|fast|baked|made|served|open|cooked|prepared|delivered|handmade"
    r"|roasted|quality)(?:\s\w+){0,3} (?:daily|guaranteed|since \d{4})",
    r"freshly (?:made|baked|brewed|ground|prepared|cooked|roasted|squeezed)" + _ANY,
    r"made (?:fresh|with|from|to order|by hand)" + _ANY,
    r"(?:\w+\s){0,3}(?:low|lower|lowest|best|great|unbeatable|good|better) prices?"
    + _ANY,
    r"(?:good|great|fine|fresh|real) food(?: and)? (?:good|great|fine|fast|every|daily"
    r"|always|made|fresh|fair|served)" + _ANY,
    r"(?:proud|proudly|serving|supporting|support) (?:to|you|the|our|quality|fresh"
    r"|great"
    r"|your|local|small|serving|since|\w+ since)" + _ANY,
    r"(?:satisfaction|freshness|quality) guaranteed" + _ANY,
    r"(?:\w+\s){1,4}you (?:can|will|ll|deserve|need|want|love)\b" + _ANY,
    r"(?:est(?:ablished|d)?|since|seit|sejak)(?: in)? \d{4}|home of the .*",
    r"your (?:(?:\w+\s)*(?:neighbou?rhood|local|friendly|hometown|one stop|family"
    r"|favorite"
    r"|favourite|everyday)|order|opinion|feedback|receipt|savings?|total|check"
    r"|host(?:ess)?|bar(?:tender|ista)|table|manager|sales|satisfaction|rewards?|points"
    r"|member\w*|visit|store|next|cashier|server|waiter|waitress)\b" + _ANY,
    r"(?:voted|rated|award winning|number one|no 1)\b" + _ANY,
    r"(?:eat|live|shop|drink|feel|stay|think|dream|cook|bake|expect|play"
    r"|look|smile|taste|love|share|celebrate|discover|experience) "
    r"(?:fresh|well|more|better|healthy|healthier|local|big|smart|smarter|good|great"
    r"|happy|safe|often|together|life|the (?:difference|best|taste|flavor|flavour))"
    + _ANY,
    r"frische? (?:\w+\s)*(?:taglich|jeden tag)"
    + _ANY
    + r"|(?:\w+\s)*jeden tag(?:\s\w+)*",
    r"(?:familien ?(?:betrieb|unternehmen|gefuhrt)\w*|gut und gunstig)" + _ANY,
    r"(?:\w+\s)*setiap (?:hari|masa)(?:\s\w+)*|(?:milik|perniagaan) keluarga",
)
_WE = (
    r"we (?:(?:also|now|proudly|do|always|can|will|don t|all) )?(?:deliver|cater|care"
    r"|appreciate|love (?!coffee|sushi)|accept|ship|match|value|offer|make|bake|cook"
    r"|serve"
    r"|want|honou?r|have|sell|buy|listen|thank|welcome|hope|recycle|recommend|support"
    r"|use|miss|hire|price|check|id|proudly)\b" + _ANY,
    r"wir (?:liefern|lieben|freuen|wunschen|danken|sind|suchen|bedanken|haben|stellen"
    r"|machen|backen|kochen|kaufen|akzeptieren|bieten|geben)\b" + _ANY,
    r"kami (?:hantar|menghantar|menerima|terima|sedia|menyediakan|ada|jual|menjual)\b"
    + _ANY,
)
_WHOLE = one_of(*_PAPERS, *_PEOPLE, *_NOTICES, *_WISHES, *_SLOGANS, *_WE)

# Wherever they stand in a line.
_HOLDS = re.compile(
    r"receipts?\b|\bsurvey|\bwi ?fi\b|\bfeedback\b|\bfacebook\b|\binstagram\b"
    r"|\b(?:kassenbon|quittung|resit|umfrage|kundenumfrage|kaji selidik)\b"
    r"|\b(?:qr|bar) ?code\b|\b(?:our|your) (?:visit|team|customers|guests|app|website"
    r"|newsletter|staff|food|menu)\b"
)
# A line of nothing but these is of goods. Not those that are shops' names: coffee,
# pizza, apple, orange, target.
_GOODS = re.compile(
    r"(?:(?:whole|skim(?:med)?|low ?fat|fresh|organic|white|brown|wheat|large|\d+ ?%"
    r"|\d+ ?(?:oz|lb|lbs|ct|kg|g|l|ml|gal)|voll|h|bio|frische?) ?)*"
    r"(?:milk|bread|eggs?|cheese|sugar|rice|water|juice|bananas?|apples|tomato(?:es)?"
    r"|onions?|potato(?:es)?|lettuce|carrots?|yogh?urt|flour|cereal|soda|chips|cookies?"
    r"|candy|chocolate|beer|wine|ice|soap|shampoo|toothpaste|detergent|napkins?|towels?"
    r"|batteries|socks|shirts?|milch|brot|brotchen|eier|butter|kase|zucker|mehl|wasser"
    r"|saft|bananen|apfel|tomaten|zwiebeln|kartoffeln|gurken?|joghurt|wurst|bier|wein"
    r"|seife|susu|roti|telur|beras|gula|minyak|tepung|sayur|ikan|ayam|air)"
)


# Who ends with one of these and speaks of nobody is a shop: Danke Cafe.
_SHOPS = re.compile(
    r"(?!.*\b(?:our|your?|us|we|this|the|at|by)\b).*\s(?:mart|cafe|grill|restaurant"
    r"|diner"
    r"|pub|deli|bakery|boutique|museum|gym|trading|enterprise|bhd|gmbh|llc|inc|ltd"
    r"|corp)"
)


def is_talk(text: str) -> bool:
    """Whether a line is talk of a till or a shop, as far as its words tell."""
    words = plain(text)
    return not _SHOPS.fullmatch(words) and bool(
        _WHOLE.fullmatch(words) or _HOLDS.search(words) or _GOODS.fullmatch(words)
    )
