"""Security headers on every answer of ours, errors included. The policy allows no inline script and no inline style."""

from flask import Response, g, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; media-src 'self'; worker-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_ALWAYS = tuple(
    (name.lower(), name, value)
    for name, value in (
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()"),
    )
)


def secure(response: Response) -> Response:
    """Put the headers on an answer; pages of somebody signed in are never kept by a browser or a proxy."""
    headers = response.headers
    there = {name.lower() for name, _value in headers}
    for name, said, value in _ALWAYS:
        if name not in there:
            headers.add(said, value)
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint == "lms.static":
        # An address with a version never changes its content; a script that another one imports has none.
        forever = "public, max-age=31536000, immutable"
        headers["Cache-Control"] = forever if "v" in request.args else "public, max-age=3600"
    elif not headers.get("Cache-Control", "").startswith("private, max-age"):  # said on purpose: a module's pictures
        headers["Cache-Control"] = "no-store" if g.get("lms_viewer") else headers.get("Cache-Control", "no-cache")
    return response
