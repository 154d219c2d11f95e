"""Inputs that reach deep into the parsers, from which the fuzzer makes others."""

import io
import json

from PIL import Image

PROMPTS = (
    b"a red fox --ar 16:9 --seed 42 --no fog, rain --q high --raw",
    b"a {red, blue} fox in a {forest, \\{meadow\\}} --n 4",
    "ein Fuchs @everyone `code` **bold** <@1> [link](https://example.org) \u202e\u200b".encode(),
    b"--steps 20 --cfg 7.5 --format png --enhance on --web off",
)
SIZES = (
    b"16:9",
    b"1024x1024",
    b"19.5:9",
    b"2K",
    b" 3 / 2 ",
    "１６：９".encode(),
    b"auto",
    b"1e9:1",
)
AMOUNTS = (b"25", b"unlimited", b"$1.50", b"0.000001", b"24h", b"month", b"Europe/Rome", b"-1")
TERMS = (
    b"scunthorpe\nI live in Scunthorpe",
    b"/f+o{2,3}[a-z]*/\nfoooabc",
    "b*d\nB 4 D, b.a.d, ba\u0301d, 𝕓𝕒𝕕".encode(),
    b"# comment\nword one\nword two\n/(a|b)+/\n",
)
STYLE_FILES = (
    json.dumps(
        {
            "gondola_styles": 1,
            "styles": [
                {"name": "noir", "template": "{prompt}, film noir", "negative": "colour"},
                {"name": "Öl", "template": "{prompt} in oil", "model": "z-image-turbo"},
            ],
        }
    ).encode(),
    b'{"gondola_styles": 1, "styles": [[[[[]]]]]}',
)
BUTTON_TARGETS = (
    b"0123abcd-next",
    b"style-week-2",
    b"0123456789abcdef-3",
    b"member-30-7",
    b"s:abc",
)
ADDRESSES = (
    b"https://cdn.discordapp.com/attachments/1/2/fox.png?ex=1",
    b"https://cdn.discordapp.com@example.org/",
    b"https://cdn.discordapp.com:443/",
    b"https://example.org/https://cdn.discordapp.com/",
    b"http://[::1]/",
    b"https://discord.com/channels/1/22222222222222222/33333333333333333",
)
HEADERS = (
    b"3\n1780000000\n0\n20\ntrue\na%20fox\n1.25\nsoon",
    b"Wed, 21 Oct 2026 07:28:00 GMT\n1780000000000\n5\n20\nFALSE\n%E2%82%AC%FF\nNaN\n",
    b"-1\ninf\n-inf\n1e400\n\n%\n1e999\n",
)
ERROR_BODIES = (
    b'{"error": "Insufficient balance", "request_id": "1"}',
    b'{"error": {"message": "bad", "code": "INVALID"}, "details": {"prompt": {"_errors": ["x"]}}}',
    b'{"issues": [{"path": ["steps"], "message": "too many"}]}',
    b"<html><body>502 Bad Gateway</body></html>",
    b"[" * 40,
)
CATALOGUES = (
    json.dumps(
        [
            {
                "id": "z-image-turbo",
                "type": "image",
                "model_spec": {
                    "pricing": {"generation": {"usd": 0.01}},
                    "constraints": {"promptCharacterLimit": 1500, "steps": {"default": 8}},
                },
            }
        ]
    ).encode(),
    json.dumps({"entries": [{"id": 1}], "styles": ["Noir"], "traits": {}}).encode(),
)
URLS = (
    b"sqlite:///data/gondola.db",
    b"postgresql://me:secret@127.0.0.1:5432/db?options=-c%20x",
    b"://",
)


def _picture(kind: str, **options: object) -> bytes:
    written = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).convert("RGB").save(written, kind, **options)
    return written.getvalue()


def _turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return _picture("JPEG", exif=exif)


PICTURES = (
    _picture("PNG"),
    _picture("JPEG"),
    _picture("WEBP"),
    _picture("WEBP", lossless=True),
    _turned(),
    b"GIF89a" + b"\0" * 20,
)
