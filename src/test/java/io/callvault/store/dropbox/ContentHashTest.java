// SPDX-License-Identifier: Apache-2.0
package io.callvault.store.dropbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.store.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentHashTest {

    private static final int BLOCK = 4_194_304;

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(4).nextBytes(bytes);
        return bytes;
    }

    /** Straight from the description. */
    private static String expected(byte[] bytes) {
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; at += BLOCK) {
            blocks.writeBytes(HexFormat.of()
                    .parseHex(Bytes.sha256(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + BLOCK)))));
        }
        return Bytes.sha256(blocks.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 77})
    void it_is_the_hash_of_the_hashes_of_the_blocks(int length) {
        byte[] bytes = random(length);
        ContentHash hash = new ContentHash();
        for (int at = 0; at < length; at += 1_000_003) {
            hash.update(bytes, at, Math.min(1_000_003, length - at));
        }

        assertThat(hash.whole()).isEqualTo(expected(bytes)).isEqualTo(hash.whole());
    }

    @Test
    void of_nothing_it_is_the_hash_of_nothing() {
        assertThat(ContentHash.ofNothing()).isEqualTo(new ContentHash().whole()).isEqualTo(expected(new byte[0]));
    }

    @Test
    void a_part_that_begins_at_a_block_has_one_too() {
        byte[] bytes = random(2 * BLOCK + 77);
        ContentHash hash = new ContentHash();
        hash.update(bytes);

        assertThat(hash.of(BLOCK, BLOCK)).isEqualTo(expected(Arrays.copyOfRange(bytes, BLOCK, 2 * BLOCK)));
        assertThat(hash.of(BLOCK, BLOCK + 77)).isEqualTo(expected(Arrays.copyOfRange(bytes, BLOCK, bytes.length)));
        assertThat(hash.of(5, BLOCK)).isNull();
    }
}
