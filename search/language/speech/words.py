"""Closed classes of English words that show where the phrase of a speaker begins and ends."""

DETERMINERS = frozenset(
    """
    the a an his her its their our this that these those some many several most both all any
    other another few two three four five six seven eight nine ten multiple various
    """.split()
)
BARE = frozenset("some many others several most both another all one critics".split())
"""Words that may stand for those who speak, without a noun."""

NO_PHRASE = frozenset(
    """
    about after against all also although amid among an and any are as at based be because been
    before being between but by can could did do does during each either even ever for from had
    has have he her here him his how i if in into is it its just me more much my near nor not of
    off on once only onto or our out over own per she since so something than that the their
    them then there these they this those though through to too toward towards under unless
    until up upon us via was we were what when where whether which while who whom whose why will
    with within without would you your yet however meanwhile still now today yesterday earlier
    later recently previously saying adding telling following including according despite like
    """.split()
)
"""Words that are no part of a phrase that names somebody, but for determiners."""

ATTACHING = frozenset("of for at from in with to on".split())
PARTICLES = frozenset("de der den van von bin al el la le da di du dos das ben ibn abu".split())
"""Small words within names: "Ursula von der Leyen"."""

POSSESSIVES = frozenset("his her their its our my".split())

BOUNDARIES = frozenset(
    """
    and but or as while because that when after before if although though where which since than
    how what why whether so meanwhile then still however until yesterday today
    """.split()
)
"""Words after which a clause may begin."""

ADVERBIALS = frozenset(
    """
    in on at during after before following speaking ahead amid despite for with from by
    according asked writing responding since under as when while if last earlier this later to
    """.split()
)
"""Words with which a sentence begins that tells when or where before who."""

PASSED_OVER = frozenset(
    """
    has have had also later then further previously repeatedly recently earlier again separately
    now still just once both all himself herself itself themselves meanwhile however too ago
    already reportedly famously specifically explicitly publicly even never always often long
    since is was are were late early first only
    """.split()
)
"""Adverbs and auxiliaries between a subject and its verb."""

LEADING_ASIDE = frozenset(
    """
    in on at during after before from via through over by to late early last this earlier ahead
    of while when as following since for with alongside upon yesterday today
    """.split()
)
"""Words with which begins what tells when and where something is said."""

FINITE = frozenset(
    """
    is are was were has have had will would could can may might should must did does do isn't
    aren't wasn't won't can't
    """.split()
)
HEARERS = frozenset(
    """
    reporters journalists lawmakers parliament supporters us me him her them people viewers
    listeners parliamentarians delegates officials senators ministers negotiators leaders
    investors residents voters staff troops soldiers
    """.split()
)
"""Nouns without an article for those to whom something is said."""
