// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

import io.callvault.acceptance.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;

/** One attachment: its bytes, its types, and the bad answers it gives before a good one. */
final class Blob {

    /** What the bytes are; each begins as a real file of its kind does. */
    enum Kind {
        MP3("audio/mpeg", "mp3"),
        WAV("audio/x-wav", "wav"),
        PDF("application/pdf", "pdf"),
        TIFF("image/tiff", "tiff");

        final String contentType;
        final String extension;

        Kind(String contentType, String extension) {
            this.contentType = contentType;
            this.extension = extension;
        }
    }

    private final Kind kind;
    private final byte[] bytes;
    private final String sha256;
    private final Deque<Fault> faults = new ConcurrentLinkedDeque<>();

    Blob(Kind kind, int size, long seed) {
        this.kind = kind;
        this.bytes = generate(kind, size, new Random(seed));
        this.sha256 = Bytes.sha256(bytes);
    }

    /** Answers so, once for each fault given and in that order, before it answers well. */
    Blob fails(Fault... inThisOrder) {
        faults.addAll(List.of(inThisOrder));
        return this;
    }

    /** Never answers in any other way. */
    Blob alwaysFails(Fault fault) {
        for (int i = 0; i < 1_000; i++) {
            faults.add(fault);
        }
        return this;
    }

    /** From now on it answers well. */
    void recovers() {
        faults.clear();
    }

    /** Null when nothing is wrong. */
    Fault nextFault() {
        return faults.poll();
    }

    Kind kind() {
        return kind;
    }

    byte[] bytes() {
        return bytes;
    }

    String sha256() {
        return sha256;
    }

    @Override
    public String toString() {
        return kind + " " + sha256.substring(0, 8);
    }

    private static byte[] generate(Kind kind, int size, Random random) {
        byte[] noise = new byte[size];
        random.nextBytes(noise);
        ByteArrayOutputStream out = new ByteArrayOutputStream(size + 64);
        switch (kind) {
            case MP3 -> {
                // ID3v2.4 with an empty tag of ten bytes, then a frame of MPEG 1 layer III.
                out.writeBytes(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 10});
                out.writeBytes(new byte[10]);
                out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFB, (byte) 0x90, 0x00});
            }
            case WAV -> {
                ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
                header.put(ascii("RIFF")).putInt(36 + size).put(ascii("WAVE"));
                header.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
                header.putInt(8000).putInt(16000).putShort((short) 2).putShort((short) 16);
                header.put(ascii("data")).putInt(size);
                out.writeBytes(header.array());
            }
            case PDF -> out.writeBytes(ascii("%PDF-1.4\n%\n"));
            // Little-endian, the first directory at 8.
            case TIFF -> out.writeBytes(new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0});
        }
        out.writeBytes(noise);
        if (kind == Kind.PDF) {
            out.writeBytes(ascii("\n%%EOF\n"));
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
