// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How big the made-up company is and how strictly it is served. Immutable; {@link #demo()}, {@link #strict()} and
 * {@link #bulk(int, long)} are places to start from.
 *
 * @param seed the same seed and the same clock make the same world
 * @param accountId digits; the account's main extension has the same id
 * @param credentials who may come in
 * @param volume how much there is to archive
 * @param limits budgets of each user
 * @param perPageCap the most rows a page of any listing has, whatever is asked for; 1 to 1000
 * @param tokenLifetime of an access token, told as {@code expires_in}; at least one second
 * @param recordingBytes length of each recording made of synthetic bytes; 0 means short spoken samples instead
 * @param separateMedia whether recordings and attachments are served at a port of their own, as the provider does
 * @param port to listen at; 0 takes a free one
 */
public record SandboxOptions(
        long seed,
        String accountId,
        Credentials credentials,
        Volume volume,
        Limits limits,
        int perPageCap,
        Duration tokenLifetime,
        long recordingBytes,
        boolean separateMedia,
        int port) {

    /**
     * The application and its users.
     *
     * @param jwts one credential for each user, who is the n-th enabled extension of type User; at most seven
     */
    public record Credentials(String clientId, String clientSecret, List<String> jwts) {
        public Credentials {
            jwts = List.copyOf(jwts);
            if (jwts.isEmpty() || jwts.size() > Company.USERS) {
                throw new IllegalArgumentException("one to " + Company.USERS + " jwts, not " + jwts.size());
            }
        }
    }

    /**
     * What there is to archive. Calls start in business hours where the days have any.
     *
     * @param days how far back the oldest call or message lies; at least 1
     * @param calls rows in the call log
     * @param recordings distinct recordings among them; at most twice as many as calls
     * @param messages rows in all message stores together
     * @param deleted how many of the messages are in the state Deleted, seen only by who asks for that availability
     */
    public record Volume(int days, int calls, int recordings, int messages, int deleted) {
        public Volume {
            if (days < 1 || calls < 0 || recordings < 0 || messages < 0 || recordings > 2 * calls) {
                throw new IllegalArgumentException("no such company: " + days + " days, " + calls + " calls, "
                        + recordings + " recordings, " + messages + " messages");
            }
        }

        /** A minute later than so many days before, so that whoever lists exactly so many days sees everything. */
        Instant oldest(Instant now) {
            return now.minus(Duration.ofDays(days)).plusSeconds(60);
        }
    }

    /**
     * Requests for each user and window, by rate group.
     *
     * @param window how long a request counts
     * @param penalty how long everything is refused after a refusal, and what {@code Retry-After} says
     */
    public record Limits(int light, int medium, int heavy, int auth, Duration window, Duration penalty) {

        /** What the provider publishes (RingCentral API guide, "Rate limits", read 2026-04). */
        public static Limits published() {
            return new Limits(50, 40, 10, 5, Duration.ofSeconds(60), Duration.ofSeconds(60));
        }

        /** So much that nobody waits: a million in each window. */
        public static Limits generous() {
            int plenty = 1_000_000;
            return new Limits(plenty, plenty, plenty, plenty, Duration.ofSeconds(60), Duration.ofSeconds(60));
        }

        int of(RateGroup group) {
            return switch (group) {
                case LIGHT -> light;
                case MEDIUM -> medium;
                case HEAVY -> heavy;
                case AUTH -> auth;
                case NONE -> Integer.MAX_VALUE;
            };
        }
    }

    public SandboxOptions {
        if (perPageCap < 1 || perPageCap > 1000 || tokenLifetime.toSeconds() < 1 || recordingBytes < 0) {
            throw new IllegalArgumentException("perPageCap 1 to 1000, tokenLifetime at least 1 s, recordingBytes >= 0");
        }
    }

    /** A small company, 30 days of it: 120 calls with 60 recordings, 40 messages; nobody waits for a limit. */
    public static SandboxOptions demo() {
        return new SandboxOptions(
                1,
                "100200300",
                new Credentials("sandbox-client", "sandbox-secret", List.of("sandbox-jwt")),
                new Volume(30, 120, 60, 40, 0),
                Limits.generous(),
                100,
                Duration.ofHours(1),
                0,
                false,
                0);
    }

    /** The same company behind the limits that the provider publishes, with pages of at most 250 rows. */
    public static SandboxOptions strict() {
        return demo().withLimits(Limits.published()).withPerPageCap(250);
    }

    /** For benchmarks: as many calls as recordings, each of so many synthetic bytes; no messages, no waiting. */
    public static SandboxOptions bulk(int recordings, long recordingBytes) {
        return demo().withVolume(new Volume(30, recordings, recordings, 0, 0))
                .withRecordingBytes(recordingBytes)
                .withPerPageCap(250);
    }

    public SandboxOptions withSeed(long value) {
        return new SandboxOptions(
                value, accountId, credentials, volume, limits, perPageCap, tokenLifetime, recordingBytes, separateMedia, port);
    }

    public SandboxOptions withCredentials(Credentials value) {
        return new SandboxOptions(
                seed, accountId, value, volume, limits, perPageCap, tokenLifetime, recordingBytes, separateMedia, port);
    }

    /** Other users, with the same application. */
    public SandboxOptions withJwts(String... jwts) {
        return withCredentials(new Credentials(credentials.clientId(), credentials.clientSecret(), List.of(jwts)));
    }

    public SandboxOptions withVolume(Volume value) {
        return new SandboxOptions(
                seed, accountId, credentials, value, limits, perPageCap, tokenLifetime, recordingBytes, separateMedia, port);
    }

    /** Another volume over the same days. */
    public SandboxOptions withVolume(int calls, int recordings, int messages) {
        return withVolume(new Volume(volume.days(), calls, recordings, messages, 0));
    }

    public SandboxOptions withDays(int days) {
        return withVolume(
                new Volume(days, volume.calls(), volume.recordings(), volume.messages(), volume.deleted()));
    }

    public SandboxOptions withLimits(Limits value) {
        return new SandboxOptions(
                seed, accountId, credentials, volume, value, perPageCap, tokenLifetime, recordingBytes, separateMedia, port);
    }

    public SandboxOptions withPerPageCap(int value) {
        return new SandboxOptions(
                seed, accountId, credentials, volume, limits, value, tokenLifetime, recordingBytes, separateMedia, port);
    }

    public SandboxOptions withTokenLifetime(Duration value) {
        return new SandboxOptions(
                seed, accountId, credentials, volume, limits, perPageCap, value, recordingBytes, separateMedia, port);
    }

    public SandboxOptions withRecordingBytes(long value) {
        return new SandboxOptions(
                seed, accountId, credentials, volume, limits, perPageCap, tokenLifetime, value, separateMedia, port);
    }

    public SandboxOptions withSeparateMedia(boolean value) {
        return new SandboxOptions(
                seed, accountId, credentials, volume, limits, perPageCap, tokenLifetime, recordingBytes, value, port);
    }

    public SandboxOptions withPort(int value) {
        return new SandboxOptions(
                seed, accountId, credentials, volume, limits, perPageCap, tokenLifetime, recordingBytes, separateMedia, value);
    }
}
