// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedDeque;

/** One binary at the provider: its bytes, and the bad answers it gives before it gives a good one. */
final class Media {

    /** What the bytes are; each begins as a real file of its kind does. */
    enum Kind {
        MP3("audio/mpeg"),
        WAV("audio/wav"),
        PDF("application/pdf"),
        JPEG("image/jpeg"),
        TEXT("text/plain");

        final String contentType;

        Kind(String contentType) {
            this.contentType = contentType;
        }
    }

    private final String id;
    private final Kind kind;
    private final byte[] bytes;
    private final String sha256;
    private final Deque<Fault> faults = new ConcurrentLinkedDeque<>();
    private volatile String path = "";
    private volatile boolean gone;

    Media(String id, Kind kind, int size) {
        this.id = id;
        this.kind = kind;
        this.bytes = generate(kind, size, new Random(id.hashCode() * 31L + size));
        this.sha256 = Bytes.sha256(bytes);
    }

    /** A text with these very bytes. */
    Media(String id, String text) {
        this.id = id;
        this.kind = Kind.TEXT;
        this.bytes = text.getBytes(StandardCharsets.UTF_8);
        this.sha256 = Bytes.sha256(bytes);
    }

    /** Answers its content so, once for each fault given and in that order, before it answers well. */
    Media fails(Fault... inThisOrder) {
        faults.addAll(List.of(inThisOrder));
        return this;
    }

    /** From now on the provider no longer has it. */
    Media vanishes() {
        gone = true;
        return this;
    }

    boolean isGone() {
        return gone;
    }

    Media at(String contentPath) {
        path = contentPath;
        return this;
    }

    String id() {
        return id;
    }

    String contentType() {
        return kind.contentType;
    }

    byte[] bytes() {
        return bytes;
    }

    String sha256() {
        return sha256;
    }

    /** Path of its content, the same as in its contentUri. */
    String path() {
        return path;
    }

    Fault nextFault() {
        return gone ? Fault.NOT_READY : faults.poll();
    }

    @Override
    public String toString() {
        return kind + " " + id;
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
                out.writeBytes(noise);
            }
            case WAV -> {
                ByteBuffer header = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
                header.put(ascii("RIFF")).putInt(36 + size).put(ascii("WAVE"));
                header.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
                header.putInt(8000).putInt(16000).putShort((short) 2).putShort((short) 16);
                header.put(ascii("data")).putInt(size);
                out.writeBytes(header.array());
                out.writeBytes(noise);
            }
            case PDF -> {
                out.writeBytes(ascii("%PDF-1.4\n%\n"));
                out.writeBytes(noise);
                out.writeBytes(ascii("\n%%EOF\n"));
            }
            case JPEG -> {
                out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16});
                out.writeBytes(new byte[] {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
                out.writeBytes(noise);
                out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD9});
            }
            case TEXT -> out.writeBytes(ascii("Hello, this is transcript number " + random.nextLong() + ".\n"));
            default -> throw new IllegalArgumentException("no bytes for " + kind);
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
