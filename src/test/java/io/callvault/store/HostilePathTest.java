// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a provider, a caller or a sender puts into a name. */
class HostilePathTest extends PathExample {

    @ParameterizedTest
    @ValueSource(
            strings = {"../../etc/passwd", "..", ".", "...", "/etc", "\\\\server\\share", "C:\\x", "a/../b", "~/.ssh", "%2e%2e"})
    void a_name_cannot_climb_out(String hostile) {
        values.put("fromName", hostile);

        String path = render("{customer}/{from-name}/{id}.{ext}");

        assertThat(ObjectPath.problem(path)).isNull();
        assertThat(path.split("/")).hasSize(3).doesNotContain("..", ".").allMatch(piece -> !piece.startsWith("."));
    }

    @Test
    void separators_and_reserved_characters_become_underscores() {
        values.put("fromName", "a/b\\c<d>e:f\"g|h?i*j");

        assertThat(render("{from-name}/{id}")).isEqualTo("a_b_c_d_e_f_g_h_i_j/9900112233005");
    }

    @Test
    void control_characters_become_underscores() {
        values.put("fromName", "a\u0000b\nc\u007fd\u0085e\u2028f");

        assertThat(render("{from-name}/{id}")).isEqualTo("a_b_c_d_e_f/9900112233005");
    }

    @Test
    void marks_of_direction_go() {
        values.put("fromName", "\u202egpj.exe\u2066x\u200f\ufeff\u061c");

        assertThat(render("{from-name}/{id}")).isEqualTo("gpj.exex/9900112233005");
    }

    @Test
    void joiners_that_scripts_need_stay() {
        values.put("fromName", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645");

        assertThat(render("{from-name}/{id}")).startsWith("\u0645\u06cc\u200c\u062e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CON", "con", "NUL", "Aux", "PRN", "COM1", "lpt9", "COM\u00b9", "CONIN$", "con.txt", "NUL .tar"})
    void names_that_windows_reserves_are_taken_out_of_reserve(String hostile) {
        values.put("fromName", hostile);

        assertThat(render("{from-name}/{id}")).startsWith("_");
        assertThat(render("{id}/{from-name}.{ext}")).contains("/_");
    }

    @ParameterizedTest
    @CsvSource({"COM10,COM10", "console,console", "' x ',x", "x.,x", "x...,x", ".x,x", "..x. .,x"})
    void names_that_only_look_reserved_stay_and_ends_are_trimmed(String name, String expected) {
        values.put("fromName", name);

        assertThat(render("{from-name}/{id}")).isEqualTo(expected + "/9900112233005");
    }

    @Test
    void composed_and_decomposed_letters_give_the_same_path() {
        values.put("fromName", "Mu\u0308ller");
        String decomposed = render("{from-name}/{id}");
        values.put("fromName", "M\u00fcller");

        assertThat(decomposed).isEqualTo(render("{from-name}/{id}")).startsWith("M\u00fcller");
    }

    @Test
    void a_mark_at_the_beginning_of_a_name_does_not_change_what_stands_before() {
        values.put("fromName", "\u0308x");

        assertThat(render("{id}u{from-name}")).startsWith("9900112233005u_").doesNotContain("\u00fc");
    }

    @Test
    void halves_of_surrogate_pairs_become_underscores() {
        values.put("fromName", "a\ud83db\udc4dc\uffff");

        assertThat(render("{from-name}/{id}")).isEqualTo("a_b_c_/9900112233005");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mp3/../x", "", "m p3", "tar.gz", "elevenchars", "\u00fc"})
    void an_ending_that_is_none_becomes_bin(String hostile) {
        values.put("ext", hostile);

        assertThat(render("{id}.{ext}")).isEqualTo("9900112233005.bin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ab", "a/b", "a b ", "\u00fc", ".hidden", "a_b", "a~b", "", "con/", "a\ud800", "x."})
    void an_id_that_is_not_plain_gets_a_hash(String id) {
        values.put("id", id);

        assertThat(render("x_{id}")).matches("x_.*~[0-9a-f]{8}_?");
    }

    @Test
    void ids_that_differ_only_in_case_or_in_what_is_cleaned_get_names_that_differ_beyond_case() {
        Set<String> names = new HashSet<>();
        List<String> ids = List.of(
                "abc", "ABC", "Abc", "aBc", "a/bc", "a\\bc", "a:bc", "a_bc", "a?bc", "abc.", "abc ", ".abc", "\u0131", "i",
                "I", "\u0130", "stra\u00dfe", "STRASSE", "strasse", "a\ud800", "a\ud801", "a\u0000", "a\u0001", "mu\u0308",
                "m\u00fc", "ab\u200ec", "con", "_con", "CON");
        for (String id : ids) {
            values.put("id", id);
            names.add(render("{to}_{id}.{ext}").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT));
        }

        assertThat(names).hasSameSizeAs(ids);
    }

    @Test
    void a_long_name_is_cut_between_letters_and_the_id_stays() {
        values.put("fromName", "\ud83d\udc4d".repeat(300));

        String piece = render("{customer}/{from-name}_{id}.{ext}").split("/")[1];

        assertThat(piece).endsWith("_9900112233005.mp3").doesNotContain("?");
        assertThat(bytes(ObjectPath.sidecar(ObjectPath.variant(piece, "0".repeat(64)))))
                .isLessThanOrEqualTo(255)
                .isGreaterThan(240);
        assertThat(piece.replace("\ud83d\udc4d", "")).isEqualTo("_9900112233005.mp3");
    }

    @Test
    void the_longest_names_are_cut_first() {
        values.put("fromName", "f".repeat(400));
        values.put("toName", "short");

        assertThat(render("{from-name}_{to-name}_{id}")).contains("_short_9900112233005");
    }

    @Test
    void an_id_that_alone_is_too_long_is_cut_with_its_hash() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            values.put("id", "x".repeat(400) + i);
            String path = render(USUAL);
            assertThat(path).matches(".*x~[0-9a-f]{8}\\.mp3");
            assertThat(ObjectPath.problem(ObjectPath.sidecar(path))).isNull();
            names.add(path);
        }

        assertThat(names).hasSize(50);
    }

    @Test
    void all_pieces_together_fit_into_1024_bytes() {
        values.put("fromName", "f".repeat(500));
        values.put("id", "i".repeat(230));

        String path = render("{id}/{from-name}/{id}/{from-name}/{id}/{from-name}/{id}/{from-name}/{id}");

        assertThat(bytes(path)).isLessThanOrEqualTo(1024 - 14).isGreaterThan(900);
        assertThat(path.split("/")).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "JOURNAL", "Journal", "journal.", " journal", "jour\u200dnal", "./journal"})
    void nothing_lies_in_a_journal(String hostile) {
        values.put("feed", hostile);
        values.put("id", "1");

        for (String template : List.of("{customer}/{feed}/{id}", "{feed}/{feed}/{id}", "{id}/{feed}")) {
            String second = render(template).split("/")[1].replace("\u200d", "");
            assertThat(second.toLowerCase(Locale.ROOT)).isNotEqualTo("journal");
        }
        values.put("id", "journal");
        assertThat(render("{customer}/{id}")).isEqualTo("acme/journal_");
    }

    @Test
    void a_file_is_never_called_as_a_customers_directory() {
        values.put("id", "acme");

        assertThat(render("{id}")).isEqualTo("acme_");
        assertThat(render("{id}.{ext}")).isEqualTo("acme.mp3");
    }

    @Test
    void whatever_comes_in_a_good_path_comes_out() {
        Random random = new Random(20260310);
        List<String> templates = List.of(
                USUAL,
                "{id}",
                "{from-name}{to-name}{id}.{ext}",
                "{customer}/{from-name}/{to-name}/{kind}/{extension}/{record-id}/{id}",
                "{direction}/{from}/{id}");
        for (int round = 0; round < 4_000; round++) {
            for (String name : List.of(
                    "customer", "provider", "feed", "direction", "from", "to", "fromName", "toName", "extension", "kind",
                    "id", "recordId", "ext")) {
                values.put(name, hostile(random));
            }
            for (String template : templates) {
                String path = render(template);
                String longest = ObjectPath.sidecar(ObjectPath.variant(path, "0".repeat(64)));
                assertThat(ObjectPath.problem(longest)).as(path).isNull();
                assertThat(Normalizer.isNormalized(path, Normalizer.Form.NFC)).isTrue();
                assertThat(path.split("/")).hasSameSizeAs(template.split("/"));
                assertThat(path).doesNotMatch("(?i)[^/]*/journal(/.*)?").isEqualTo(render(template));
                for (String piece : path.split("/")) {
                    assertThat(piece).doesNotMatch("(?s)[. ].*|.*[. ]|.*[<>:\"|?*\\\\\\p{Cntrl}\u202a-\u202e].*");
                }
            }
        }
    }

    private static String hostile(Random random) {
        String[] seeds = {
            "..", "/", "\\", "journal", "CON", "\u202e", "\u0308", "e", "A", ".", " ", "\ud83d\udc4d", "\ud83d", "\u1100",
            "\u1161", "+", "~", "_", "\u0000", "\u00a0", "\u037e", "\u212b", "7", "\u0344", "\ufb01", "x".repeat(90)
        };
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(9); parts > 0; parts--) {
            text.append(seeds[random.nextInt(seeds.length)]);
        }
        return random.nextInt(20) == 0 ? null : text.toString();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
