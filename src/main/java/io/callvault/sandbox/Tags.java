// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Names written into media at places where their formats permit it, so that no two files have the same bytes. */
final class Tags {

    private Tags() {}

    /** An ID3v2.3 tag with one TXXX frame, to be put before an MP3 (id3.org, "ID3v2.3.0", section 4.2.2). */
    static byte[] id3(String name) {
        byte[] text = latin("recording\0" + name);
        int frame = 1 + text.length;
        int size = 10 + frame;
        return ByteBuffer.allocate(10 + size)
                .put(latin("ID3"))
                .put(new byte[] {3, 0, 0})
                .put(synchsafe(size))
                .put(latin("TXXX"))
                .putInt(frame)
                .put(new byte[] {0, 0, 0})
                .put(text)
                .array();
    }

    /** The same WAV with a LIST chunk of type INFO, its comment being the name, after the last chunk. */
    static byte[] wav(byte[] wav, String name) {
        byte[] text = latin(name + (name.length() % 2 == 0 ? "\0\0" : "\0"));
        ByteBuffer chunk = ByteBuffer.allocate(8 + 4 + 8 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(latin("LIST"))
                .putInt(4 + 8 + text.length)
                .put(latin("INFOICMT"))
                .putInt(text.length)
                .put(text);
        byte[] tagged = joined(wav, chunk.array());
        ByteBuffer.wrap(tagged).order(ByteOrder.LITTLE_ENDIAN).putInt(4, tagged.length - 8);
        return tagged;
    }

    /** The same PDF with a comment line after its end, which readers skip. */
    static byte[] pdf(byte[] pdf, String name) {
        return joined(pdf, latin("% " + name + "\n"));
    }

    /** The same JPEG with a comment segment (COM) right after its start. */
    static byte[] jpeg(byte[] jpeg, String name) {
        byte[] text = latin(name);
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + 4 + text.length);
        out.put(jpeg, 0, 2).putShort((short) 0xFFFE).putShort((short) (2 + text.length)).put(text);
        return out.put(jpeg, 2, jpeg.length - 2).array();
    }

    private static byte[] synchsafe(int size) {
        return new byte[] {
            (byte) (size >> 21 & 0x7F), (byte) (size >> 14 & 0x7F), (byte) (size >> 7 & 0x7F), (byte) (size & 0x7F)
        };
    }

    private static byte[] joined(byte[] one, byte[] two) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(one.length + two.length);
        out.writeBytes(one);
        out.writeBytes(two);
        return out.toByteArray();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
