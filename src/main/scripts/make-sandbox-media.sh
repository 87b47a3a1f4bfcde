#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Makes the media that the sandbox serves: src/main/resources/sandbox/.
# Run once by hand, from the root of the repository; the results are kept in the repository.
# Needs espeak-ng, sox with MP3, ImageMagick and python3 (Debian: espeak-ng sox libsox-fmt-mp3 imagemagick python3).
set -eu

out=src/main/resources/sandbox
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"

# speak <file> <voice of one> <what one says> <voice of the other> <what the other says>: two people, 8 kHz, mono.
speak() {
    espeak-ng -v "$2" -s 185 -w "$work/one.wav" "$3"
    espeak-ng -v "$4" -s 185 -w "$work/two.wav" "$5"
    for voice in one two; do
        sox "$work/$voice.wav" -r 8000 -c 1 -b 16 "$work/$voice-8k.wav" silence 1 0.05 0.5% reverse silence 1 0.05 0.5% reverse
    done
    sox "$work/one-8k.wav" "$work/two-8k.wav" "$work/call.wav" norm -3
    case $1 in
        *.mp3) sox "$work/call.wav" -C 16 "$out/$1" ;;
        *) sox "$work/call.wav" "$out/$1" ;;
    esac
}

speak call-1.mp3 en-us "Front desk, good morning." en-gb+f3 "Good morning, I am calling about my order."
speak call-2.mp3 en-us+f2 "Support, how may I help?" en-us "My telephone rings, but nobody can hear me."
speak call-3.mp3 en-gb "This call is recorded for quality." en-us+f4 "That is fine with me."
speak call-4.mp3 en-us+f3 "Can we move it to three o'clock?" en-gb "Three is good. See you then."
speak call-5.mp3 en-us "Your invoice has been paid." en-us+f1 "Thank you, that was quick."
speak call-6.mp3 de "Guten Tag, ist das Muster angekommen?" de+f2 "Ja, heute Morgen, vielen Dank."
speak call-7.mp3 fr "Bonjour, je rappelle pour le rendez-vous." fr+f3 "Demain matin, c'est parfait."
speak call-8.mp3 en-us "Please hold, I will transfer you." en-gb+f2 "Support, I have your file open."
speak call-1.wav en-us "Sales, good afternoon." en-us+f3 "Do you have it in blue?"
speak call-2.wav en-gb+f2 "The line was bad, hello again." en-us "Now I hear you well."
speak voicemail-1.wav en-us "Please leave a message." en-us+f3 "It is me, please call back."
speak voicemail-2.wav en-us "Nobody is here." en-gb "I will try again tomorrow."

python3 - "$out" <<'PYTHON'
import sys

def pdf(path, pages):
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>")
    objects.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, lines in enumerate(pages):
        text = "BT /F1 18 Tf 72 720 Td 26 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects.append("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
                       f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * i} 0 R >>")
        objects.append(f"<< /Length {len(text)} >>\nstream\n{text}\nendstream")
    out, offsets = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    with open(path, "w", encoding="ascii", newline="\n") as file:
        file.write(out)

pdf(sys.argv[1] + "/fax-1.pdf", [["Example Co", "Invoice 1001", "Twelve samples: 120.00"]])
pdf(sys.argv[1] + "/fax-2.pdf", [["Example Co", "Order 2002"], ["Page two", "Signed: as agreed"]])
pdf(sys.argv[1] + "/fax-3.pdf", [["Sample Partners", "Delivery note 3003", "Received in good order"]])
PYTHON

convert -seed 1 -size 160x120 plasma:steelblue-gold -strip -quality 70 "$out/picture-1.jpg"
convert -size 120x90 gradient:seagreen-white -fill navy -draw 'circle 60,45 60,20' -strip -colors 32 "$out/picture-2.png"
