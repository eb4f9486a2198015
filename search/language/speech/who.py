"""Nouns for those who may say something, and names of bodies and places that may."""

_SPEAKERS = frozenset(
    """
    pilot pilots sailor sailors farmer farmers driver drivers engineer engineers nurse nurses
    physician physicians colleague colleagues refugee refugees mourner mourners builder builders
    actor actress adviser advisor advisers advisors agency aide aides ally allies ambassador
    ambassadors analyst analysts announcer archbishop artist artists astronaut athlete athletes
    attorney author authorities authority authors bishop board body broadcaster candidate
    captain chair chairman chairperson chairwoman chancellor charity chief chiefs churches coach
    colonel columnist commander commanders commentator commentators commission commissioner
    committee community company congressman congresswoman consultant coordinator correspondent
    council counterpart counterparts counsel couple court courts creator critic critics delegate
    delegation department deputy diplomat diplomats director directors doctor doctors duchess
    duke economist economists editor editors embassy employee employees envoy epidemiologist
    executive executives expert experts family father fighter fighters firm firms foundation
    founder friend frontman general government governments governor governors group groups guard
    head heads historian historians host hosts institute institution intelligence investigator
    investigators investor investors journalist journalists judge judges justice king lawmaker
    lawmakers lawyer lawyers leader leaders leadership legend legislator man manager managers
    mayor mayors mediator member members men military minister ministers ministry mission
    monitor monitors mother mp mps musician negotiator negotiators network newspaper newspapers
    observers office officer officers official officials ombudsman operator opposition
    organisation organisations organization organizations organiser organisers organizer
    organizers outlet outlets owner owners palace panel parent parents parliament partner party
    patriarch pentagon people player player's players police politician politicians pontiff pope
    premier presenter presidency president presidents priest prince princess prisoner producer
    producers professor professors prosecution prosecutor prosecutors protester protesters
    protestor provider providers psychologist publication publisher queen rapporteur regulator
    regulators reporter reporters representative representatives researcher researchers resident
    residents retailer scientist scientists secretary senator senators serviceman sheriff singer
    soldier soldiers source sources speaker spokesman spokesmen spokesperson spokespersons
    spokespeople spokeswoman star strategist student students superintendent supporter
    supporters survivor survivors teacher teachers team teams therapist trader traders treasurer
    troops tv tycoon union unions user users victim viewer viewers voice volunteer volunteers
    watchdog widow wife husband witness witnesses woman women worker workers writer writers
    youtuber cosmonaut genealogist genealogists website site magazine paper think-tank
    delegations delegates demonstrators locals villagers neighbours neighbors passengers medics
    rescuers paramedics firefighters miners companies agencies councils committees ministries
    embassies parties sides charities investigators tribunal commissioners mourners pensioners
    administration federation association branch coalition club service services firm's daughter
    son brother sister republican democrat republicans democrats entrepreneur oligarch
    billionaire rival campaigner campaigners activist activists attendee vice-president
    co-founder ceo cfo coo hospital hospitals banker bankers airline airlines
    bishops captains envoys rescuer firefighter paramedic villager neighbour neighbor
    insurer insurers manufacturer manufacturers insider insiders mediators carmaker shipyard
    """.split()
)
_ENDINGS = ("ologist", "ologists", "ographer", "ographers")

# Words by which a name is of a body.
GROUPS = frozenset(
    """
    academy administration agency airlines alliance army assembly associates association
    authority bank bbc board broadcasting bureau cabinet center centre chamber church club
    coalition commission committee company congress control cooperation corporation council
    court defence defense department directorate duma embassy federation fed force forces
    foundation fund game games global government group guard guardian herald house institute
    institution intelligence international journal kremlin league media military ministry
    monitor movement nations nato navy news network observatory office organisation organization
    palace parliament partners parliamentary party patrol pentagon police post press
    prosecutor's publications radio red reserve reuters securities senate service services site
    society states street staff sun telegraph telegram television times treasury tribune
    tribunal tv union university watch world bloc taliban hamas hezbollah interpol opec
    """.split()
)
PLACES = frozenset(
    """
    afghanistan africa albania america ankara argentina armenia athens australia austria
    azerbaijan baghdad baku beijing beirut belarus belgium berlin bosnia brazil britain brussels
    bucharest budapest bulgaria cairo canada chile china colombia croatia cuba cyprus czechia
    damascus denmark doha egypt england estonia europe finland france georgia germany greece
    havana helsinki hungary iceland india indonesia iran iraq ireland islamabad israel italy
    jakarta japan jerusalem jordan kabul kazakhstan kenya kiev kosovo kyiv latvia lebanon libya
    lisbon lithuania london luxembourg madrid malaysia malta mexico minsk moldova montenegro
    morocco moscow netherlands nigeria norway oslo pakistan paris philippines poland portugal
    prague pyongyang qatar riga riyadh romania rome russia scotland serbia seoul singapore
    slovakia slovenia sofia spain stockholm sudan sweden switzerland syria taipei taiwan tallinn
    tbilisi tehran thailand tokyo tunisia turkey türkiye turkiye ukraine venezuela vienna
    vietnam vilnius wales warsaw washington yemen yerevan zagreb
    """.split()
)
# What is said in a statement is said by whose it is; data and pictures say nothing.
_PRODUCTS = frozenset(
    """
    statement statements announcement communique communiqué readout release remarks comments
    speech tweet post interview address report reports letter message article column
    """.split()
)


def is_speaker(noun: str) -> bool:
    """Return whether a noun names one who may say something.

    >>> is_speaker("spokesman"), is_speaker("figures")
    (True, False)
    """
    noun = noun.split(" of ")[0]
    last = noun.rsplit("-", 1)[-1]
    return noun in _SPEAKERS or last in _SPEAKERS or noun.endswith(_ENDINGS) or last == "old"


def is_product(noun: str) -> bool:
    """Return whether a noun names what somebody says: a statement, a speech."""
    return noun in _PRODUCTS
