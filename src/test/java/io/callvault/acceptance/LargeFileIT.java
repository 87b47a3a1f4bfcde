// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.sandbox.Sandbox;
import io.callvault.sandbox.SandboxOptions;
import io.callvault.store.dropbox.FakeDropbox;
import io.callvault.store.s3.StoppableS3;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * One recording, far larger than the heap, to each kind of target. 300 MB through 64 MB unless {@code
 * -Dcallvault.large.megabytes=2048 -Dcallvault.large.heap=128} say otherwise.
 */
class LargeFileIT {

    private static final long BYTES = Long.getLong("callvault.large.megabytes", 300) << 20;
    private static final int HEAP = Integer.getInteger("callvault.large.heap", 64);
    private static final Duration LIMIT = Duration.ofSeconds(60).plusSeconds(BYTES >> 21);

    @TempDir
    Path temporary;

    private final SandboxOptions options = SandboxOptions.bulk(1, BYTES);
    private Sandbox provider;
    private String sha256;
    private Settings settings;
    private Distribution callvault;

    @BeforeEach
    void open() throws IOException {
        provider = Sandbox.start(options, Clock.systemUTC());
        sha256 = provider.sha256(provider.truth().recordings().get(0));
        settings = new Settings().customer("acme", provider.server().toString(), "calls", "vault");
        callvault = new Distribution(temporary)
                .environment("JAVA_OPTS", "-Xmx" + HEAP + "m -Duser.timezone=Pacific/Chatham")
                .environment("ACME_CLIENT_ID", options.credentials().clientId())
                .environment("ACME_CLIENT_SECRET", options.credentials().clientSecret())
                .environment("ACME_JWT", options.credentials().jwts().get(0));
    }

    @AfterEach
    void close() throws IOException {
        provider.close();
        // Before the directory is removed: deleting large files is quick, writing them back is not.
        for (Path file : Target.files(temporary)) {
            if (Files.size(file) == BYTES) {
                Files.delete(file);
            }
        }
    }

    @Test
    void into_a_directory() throws IOException {
        settings.fileTarget("vault");
        archive("file");
        List<Path> large = Target.files(callvault.folder().resolve("vault")).stream()
                .filter(file -> file.toString().endsWith(".mp3"))
                .toList();
        assertThat(large).hasSize(1);
        assertThat(sum(Files.newInputStream(large.get(0)))).isEqualTo(sha256);
    }

    @Test
    void into_a_bucket() throws IOException {
        try (StoppableS3 s3 = new StoppableS3(Files.createDirectory(temporary.resolve("s3")))) {
            String bucket = s3.server().bucket();
            settings.set("target.vault.kind", "s3")
                    .set("target.vault.bucket", bucket)
                    .set("target.vault.endpoint", s3.server().uri().toString())
                    .set("target.vault.access-key", s3.server().accessKey())
                    .set("target.vault.secret-key", s3.server().secretKey());
            archive("s3");
            try (S3Client client = s3.server().client()) {
                String key = client.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
                        .map(object -> object.key())
                        .filter(name -> name.endsWith(".mp3"))
                        .findFirst()
                        .orElseThrow();
                assertThat(sum(client.getObject(get -> get.bucket(bucket).key(key)))).isEqualTo(sha256);
            }
        }
    }

    @Test
    void into_a_dropbox() throws IOException {
        try (FakeDropbox dropbox = new FakeDropbox(temporary.resolve("dropbox"))) {
            settings.set("target.vault.kind", "dropbox")
                    .set("target.vault.app-key", FakeDropbox.APP_KEY)
                    .set("target.vault.app-secret", FakeDropbox.APP_SECRET)
                    .set("target.vault.refresh-token", FakeDropbox.REFRESH_TOKEN)
                    .set("target.vault.server", dropbox.uri().toString());
            archive("dropbox");
            List<String> large = dropbox.paths("home").stream()
                    .filter(path -> path.endsWith(".mp3"))
                    .toList();
            assertThat(large).hasSize(1);
            assertThat(sum(Files.newInputStream(dropbox.bytes("home", large.get(0)))))
                    .isEqualTo(sha256);
        }
    }

    private void archive(String kind) {
        callvault.configure(settings);
        long peak = 0;
        try (Running running = callvault.start("archive")) {
            long end = System.nanoTime() + LIMIT.toNanos();
            while (!running.ends(Duration.ofMillis(100)) && System.nanoTime() < end) {
                peak = Math.max(peak, peak(running.pid()));
            }
            Outcome outcome = running.outcome(Duration.ofSeconds(1));
            assertThat(outcome.exit()).as(outcome.toString()).isZero();
        }
        System.out.printf("%d MB to kind %s, heap %d MB: peak RSS %d MB%n", BYTES >> 20, kind, HEAP, peak >> 10);
        assertThat(peak >> 10).as("peak RSS in MB").isPositive().isLessThan(HEAP + 250);
    }

    /** In kilobytes; 0 when it has just ended. */
    private static long peak(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException ended) {
            return 0;
        }
    }

    private static String sum(InputStream from) throws IOException {
        try (from) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            from.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
