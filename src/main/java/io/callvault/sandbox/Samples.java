// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The spoken and drawn samples in {@code /sandbox}, each made distinct by a name. */
final class Samples {

    private static final Map<String, byte[]> FILES = new ConcurrentHashMap<>();

    private Samples() {}

    static Media mp3(String name) {
        return Media.of(Tags.id3(name), file("call-" + one(name, 8) + ".mp3"));
    }

    static Media wav(String name) {
        return Media.of(Tags.wav(file("call-" + one(name, 2) + ".wav"), name));
    }

    static Media voicemail(String name) {
        return Media.of(Tags.wav(file("voicemail-" + one(name, 2) + ".wav"), name));
    }

    static Media fax(String name) {
        return Media.of(Tags.pdf(file("fax-" + one(name, 3) + ".pdf"), name));
    }

    static Media jpeg(String name) {
        return Media.of(Tags.jpeg(file("picture-1.jpg"), name));
    }

    /** The only sample that is the same for everyone: a sticker sent twice is the same bytes twice. */
    static Media png() {
        return Media.of(file("picture-2.png"));
    }

    private static int one(String name, int count) {
        return Math.floorMod(name.hashCode(), count) + 1;
    }

    private static byte[] file(String name) {
        return FILES.computeIfAbsent(name, Samples::read);
    }

    private static byte[] read(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/sandbox/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource /sandbox/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
