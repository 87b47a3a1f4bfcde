// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativeSha256Test {

    @BeforeEach
    void install() {
        NativeSha256.install();
    }

    @AfterEach
    void remove() {
        Security.removeProvider("CallvaultSha256");
    }

    /** FIPS 180-4's own example. */
    @Test
    void it_is_sha_256() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest("abc".getBytes(StandardCharsets.US_ASCII));
        assertThat(HexFormat.of().formatHex(digest))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void pieces_of_any_size_come_to_what_java_makes_of_them() throws Exception {
        Random random = new Random(7);
        byte[] bytes = new byte[300_000];
        random.nextBytes(bytes);
        MessageDigest ours = MessageDigest.getInstance("SHA-256");
        int from = 0;
        while (from < bytes.length) {
            int length = Math.min(bytes.length - from, random.nextInt(70_000));
            ours.update(bytes, from, length);
            from += length;
        }
        byte[] half = ((MessageDigest) ours.clone()).digest();
        assertThat(ours.digest())
                .isEqualTo(half)
                .isEqualTo(MessageDigest.getInstance("SHA-256", "SUN").digest(bytes));
        assertThat(ours.digest(new byte[0]))
                .as("begun anew")
                .isEqualTo(MessageDigest.getInstance("SHA-256", "SUN").digest());
    }

    @Test
    void it_is_native_on_the_systems_that_the_launcher_takes_it_for() throws Exception {
        assumeTrue(
                System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64"),
                "skipped: the native library is shipped for Linux on x86-64");
        assertThat(MessageDigest.getInstance("SHA-256").getClass().getName() + " "
                        + MessageDigest.getInstance("SHA-256").getProvider().getName())
                .contains("CallvaultSha256");
        assertThat(Arrays.stream(Security.getProviders("MessageDigest.SHA-512")).map(Object::toString))
                .as("nothing else is touched")
                .noneMatch(name -> name.contains("Callvault"));
    }
}
