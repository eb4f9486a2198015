"""Verbs by which somebody says something, and the words around them that say otherwise."""

from functools import cache
from typing import Literal, NamedTuple

# How a verb is followed by what is said: "plain" verbs by a clause alone ("said he left"); "that"
# verbs by "that", a colon or quotation marks; "marks" verbs by quotation marks ("called it “a
# crime”"); "against" by whom they are said of ("accused Russia of lying").
Complement = Literal["plain", "that", "marks", "against"]

_VERBS: dict[Complement, str] = {
    "plain": """
        say says said saying | tell tells told telling | claim claims claimed claiming
        | allege alleges alleged alleging | estimate estimates estimated estimating
        | insist insists insisted insisting | tweet tweets tweeted tweeting
    """,
    "that": """
        acknowledge acknowledges acknowledged acknowledging | add adds added adding
        | admit admits admitted admitting | affirm affirms affirmed affirming
        | announce announces announced announcing | argue argues argued arguing
        | ask asks asked asking | assert asserts asserted asserting
        | assure assures assured assuring
        | boast boasts boasted boasting | caution cautions cautioned cautioning
        | comment comments commented commenting | complain complains complained complaining
        | concede concedes conceded conceding | conclude concludes concluded concluding
        | confirm confirms confirmed confirming | continue continues continued
        | contend contends contended contending | counter counters countered countering
        | declare declares declared declaring | deny denies denied denying
        | disclose discloses disclosed disclosing | elaborate elaborates elaborated
        | emphasise emphasises emphasised emphasising | emphasize emphasizes emphasized emphasizing
        | exclaim exclaims exclaimed exclaiming
        | explain explains explained explaining | inform informs informed informing
        | joke jokes joked joking | lament laments lamented lamenting
        | maintain maintains maintained maintaining | mention mentions mentioned mentioning
        | note notes noted noting | observe observes observed observing
        | pledge pledges pledged pledging | point points pointed pointing
        | post posts posted posting | predict predicts predicted predicting
        | proclaim proclaims proclaimed proclaiming | promise promises promised promising
        | quip quips quipped quipping | reaffirm reaffirms reaffirmed reaffirming
        | reassure reassures reassured reassuring
        | recall recalls recalled recalling | recount recounts recounted recounting
        | reiterate reiterates reiterated reiterating | remark remarks remarked remarking
        | repeat repeats repeated repeating | reply replies replied replying
        | report reports reported reporting | respond responds responded responding
        | reveal reveals revealed revealing | speculate speculates speculated speculating
        | state states stated stating | stress stresses stressed stressing
        | suggest suggests suggested suggesting | swear swears swore
        | testify testifies testified testifying | underline underlines underlined underlining
        | underscore underscores underscored underscoring | urge urges urged urging
        | vow vows vowed vowing | warn warns warned warning | write writes wrote writing
    """,
    "marks": """
        call calls called calling | describe describes described describing
        | label labels labeled labeling labelled labelling | dub dubs dubbed dubbing
        | brand brands branded branding | cite cites cited citing
        | hail hails hailed hailing | denounce denounces denounced denouncing
        | condemn condemns condemned condemning | praise praises praised praising
        | demand demands demanded demanding
    """,
    "against": "accuse accuses accused accusing | blame blames blamed blaming",
}

# Those that stand before their subject: "said Kalın".
_INVERTIBLE = frozenset(
    """
    add announce argue ask assert caution claim comment complain concede conclude confirm continue
    counter declare exclaim explain insist joke lament maintain note observe predict promise quip
    recall remark reply report respond say state stress suggest tweet urge vow warn write
    """.split()
)
# Their form is also that of a noun in the plural: what stands before them must be a whole subject.
_NOUNS = frozenset(
    """
    blames calls claims comments demands estimates labels mentions notes points posts promises
    remarks reports states urges vows brands pledges
    """.split()
)

BE = frozenset("is are was were be been being 's 're am".split())
# After one of these, what follows was not said.
UNSAID = frozenset(
    """
    not never n't cannot can could should may might must would will shall to didn't doesn't don't
    won't wouldn't hasn't haven't hadn't couldn't can't isn't without neither nor refused refuses
    declined declines failed did does do if unless
    """.split()
)


class SpeechVerb(NamedTuple):
    """A form of a verb of saying, by its infinitive, which `is_base` if that is the form."""

    lemma: str
    complement: Complement
    is_gerund: bool
    is_base: bool
    may_be_noun: bool

    @property
    def is_invertible(self) -> bool:
        """Whether it may stand before its subject: "said Kalın"."""
        return self.lemma in _INVERTIBLE and not self.is_gerund


def speech_verb(word: str) -> SpeechVerb | None:
    """Return the verb of saying that a word is a form of.

    >>> speech_verb("warned").lemma, speech_verb("went")
    ('warn', None)
    """
    return _forms().get(word.lower())


@cache
def _forms() -> dict[str, SpeechVerb]:
    return {
        form: SpeechVerb(forms[0], complement, form.endswith("ing"), number == 0, form in _NOUNS)
        for complement, verbs in _VERBS.items()
        for verb in verbs.split("|")
        for forms in [verb.split()]
        for number, form in enumerate(forms)
    }
