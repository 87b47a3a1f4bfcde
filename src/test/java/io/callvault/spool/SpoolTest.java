// SPDX-License-Identifier: Apache-2.0
package io.callvault.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.ErrorCode;
import io.callvault.error.StopAllException;
import io.callvault.model.ItemKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    Path directory;

    @Test
    void a_sweep_leaves_what_the_ledger_knows_and_nothing_else() throws IOException {
        Spool spool = new Spool(directory.resolve("spool"));
        Path kept = spool.write("acme", "kept", bytes("1"));
        Path half = Spool.part(spool.whole(new ItemKey("acme", "recording/1")));
        Files.write(half, bytes("half"));
        Path sidecar = spool.write("acme", "kept.nas.json", bytes("{}"));
        Path other = spool.write("other", "not-ours", bytes("2"));
        spool.sweep("acme", List.of("kept", "never-there"));
        assertThat(kept).exists();
        assertThat(half).doesNotExist();
        assertThat(sidecar).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void a_file_is_held_only_if_its_bytes_are_the_ones_expected() throws IOException {
        Spool spool = new Spool(directory);
        byte[] bytes = bytes("the recording");
        Path file = spool.write("acme", "one", bytes);
        String sha256 = SpoolFile.sha256(bytes);
        assertThat(Spool.sha256(file)).isEqualTo(sha256);
        assertThat(spool.holds("acme", "one", bytes.length, sha256)).isTrue();
        assertThat(spool.holds("acme", "one", bytes.length + 1, sha256)).isFalse();
        assertThat(spool.holds("acme", "two", bytes.length, sha256)).isFalse();
        Files.write(file, bytes("the recordinG"));
        assertThat(spool.holds("acme", "one", bytes.length, sha256)).isFalse();
    }

    @Test
    void two_items_never_share_a_file_whatever_their_ids_look_like() {
        Spool spool = new Spool(directory);
        Path one = spool.whole(new ItemKey("acme", "recording/a/b"));
        Path other = spool.whole(new ItemKey("acme", "recording/a_b"));
        assertThat(one).isNotEqualTo(other);
        assertThat(spool.whole(new ItemKey("acme", "voicemail/1")))
                .isNotEqualTo(spool.whole(new ItemKey("acme", "recording/1")));
    }

    @Test
    void an_id_leads_nowhere_else_and_fits_a_name() {
        Spool spool = new Spool(directory);
        for (String id : List.of("../../etc/passwd", "..", "a\0b", "é".repeat(4000), "con", " ")) {
            Path file = spool.whole(new ItemKey("acme", "recording/" + id));
            assertThat(file.normalize().getParent()).isEqualTo(directory.resolve("acme"));
            assertThat(file.getFileName().toString()).hasSizeLessThan(80);
        }
    }

    @Test
    void what_is_released_is_gone_and_may_be_gone_already() {
        Spool spool = new Spool(directory);
        Path one = spool.write("acme", "one", bytes("1"));
        spool.release("acme", "one");
        spool.release("acme", "two");
        spool.release("acme", "one");
        assertThat(one).doesNotExist();
    }

    @Test
    void a_spool_that_cannot_be_written_stops_everything_and_says_why() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> new Spool(file).write("acme", "one", bytes("1")))
                .isInstanceOfSatisfying(StopAllException.class, thrown -> assertThat(thrown.code())
                        .isEqualTo(ErrorCode.HOME_UNUSABLE))
                .hasMessageContaining(file.toString());
        assertThat(new Spool(directory).unusable(new IOException("No space left on device")).code())
                .isEqualTo(ErrorCode.SPOOL_FULL);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
