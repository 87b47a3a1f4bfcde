// SPDX-License-Identifier: Apache-2.0
package io.callvault.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.json.RawStrings.Change;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawStringsTest {

    @Test
    void values_at_every_depth_are_shown_as_they_read_and_names_are_not() {
        List<String> shown = new ArrayList<>();

        RawStrings.edit("{\"a\":\"x\\/\\u00e9\\n\\\"\\\\\",\"b\" : [\"é\",{\"c\":\"\"}],\"d\":1.10,\"e\\\"\":null}", value -> {
            shown.add(value);
            return List.of();
        });

        assertThat(shown).containsExactly("x/é\n\"\\", "é", "");
    }

    @Test
    void only_what_is_named_is_replaced_and_everything_else_keeps_its_bytes() {
        String json = "{ \"a\" : 1.10, \"b\":\"\\/x\\u0073ecret\\/\\t\", \"c\":[\"other\\/\"] }";

        String edited = RawStrings.edit(
                json, value -> value.startsWith("/x") ? List.of(new Change(2, 8, "no\"w")) : List.of());

        assertThat(edited).isEqualTo("{ \"a\" : 1.10, \"b\":\"\\/xno\\\"w\\/\\t\", \"c\":[\"other\\/\"] }");
    }

    @Test
    void several_pieces_of_a_value_and_a_whole_text_that_is_one_string_are_replaced() {
        assertThat(RawStrings.edit("\"a1b2\"", value -> List.of(new Change(1, 2, ""), new Change(3, 4, "!"))))
                .isEqualTo("\"ab!\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":\"b", "\"\\", "\"\\u00", "<html a=\"\">", "\"\\uzzzz\""})
    void a_text_that_is_no_json_stays_as_it_is(String text) {
        assertThat(RawStrings.edit(text, value -> List.of())).isEqualTo(text);
    }
}
