"""Our signatures against the official Python library's, which is here for nothing else."""

from buckaroo.services.reply.http_post import HttpPost
from buckaroo.services.reply.json_reply import Json
from hypothesis import given
from hypothesis import strategies as st

from billing.adapters.buckaroo.signing import authorization, form_signature

KEY, SECRET = "WebKey0001", "0123456789ABCDEFsecret"
# The libraries disagree on rare characters in addresses; these are the ones that they all read alike.
PATHS = st.text(alphabet="abcXYZ019/_.-", max_size=30)
# The official library decodes form values a second time, so that plus and percent signs are left out here.
VALUES = st.text(alphabet="abc 019&='\"é€", max_size=12)
NAMES = st.text(alphabet="abcXYZ_", max_size=8).map("brq_".__add__)


@given(st.sampled_from(["GET", "POST"]), PATHS, st.binary(max_size=100), st.integers(1_000_000_000, 9_999_999_999))
def test_the_official_library_accepts_what_we_sign(method: str, path: str, body: bytes, timestamp: int) -> None:
    url = f"https://testcheckout.buckaroo.nl/{path}"
    header = authorization(
        method=method, url=url, body=body, website_key=KEY, secret=SECRET, nonce="3b0a6a7e", timestamp=timestamp
    )

    assert Json(KEY, SECRET).validate(header, url, method, body)


@given(
    st.dictionaries(NAMES, VALUES, max_size=8).filter(lambda form: len({name.lower() for name in form}) == len(form))
)
def test_the_official_library_signs_forms_as_we_do(form: dict[str, str]) -> None:
    form.pop("brq_signature", None)

    assert HttpPost(SECRET).compute_signature(form) == form_signature(list(form.items()), SECRET)
