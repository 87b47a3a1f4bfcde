// SPDX-License-Identifier: Apache-2.0
package io.callvault.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"a\":1,\"b\":{\"d\":1,\"c\":2}}|{\"b\":{\"c\":2,\"d\":1},\"a\":1}",
                "{\"a\":1.0}|{\"a\":1.00}",
                "{\"a\":1.0}|{\"a\":1e0}",
                "{\"a\":1.0}|{\"a\":1}",
                "{\"a\":100}|{\"a\":1E2}",
                "{\"a\":0}|{\"a\":0.000}",
                "{ \"a\" : [ 1 , 2 ] }|{\"a\":[1,2]}",
                "{\"a\":\"\\u00e9\\/\"}|{\"a\":\"é/\"}",
                "{}|{ }",
                "-0|0",
                "{\"b\":[{\"d\":\"\\n\",\"c\":[]},true],\"a\":\"\\\\\"}|{\"a\":\"\\u005c\",\"b\":[{\"c\":[],\"d\":\"\\u000a\"},true]}",
            })
    void what_says_the_same_has_the_same_digest(String one, String other) {
        assertThat(ExactJson.sha256(one)).isEqualTo(ExactJson.sha256(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"a\":9007199254740992}|{\"a\":9007199254740993}",
                "{\"a\":0.1}|{\"a\":0.10000000000000001}",
                "{\"a\":1}|{\"a\":\"1\"}",
                "{\"a\":null}|{\"a\":\"null\"}",
                "{\"a\":null}|{}",
                "{\"a\":true}|{\"a\":\"true\"}",
                "{\"a\":[1,2]}|{\"a\":[2,1]}",
                "{\"a\":[]}|{\"a\":{}}",
                "{\"a\":\"x\"}|{\"a\":\"X\"}",
                "{\"a\":\"b\",\"c\":\"d\"}|{\"a\":\"b\\\",\\\"c\\\":\\\"d\"}",
            })
    void what_says_something_else_has_another(String one, String other) {
        assertThat(ExactJson.sha256(one)).isNotEqualTo(ExactJson.sha256(other));
    }

    @Test
    void a_huge_exponent_costs_nothing() {
        assertThat(ExactJson.sha256("{\"a\":1e999999999}"))
                .hasSize(64)
                .isNotEqualTo(ExactJson.sha256("{\"a\":1e999999998}"));
    }

    @Test
    void a_text_that_is_no_json_has_the_digest_of_its_bytes() {
        assertThat(ExactJson.sha256("{\"a\":")).isEqualTo(ExactJson.hex("{\"a\":"));
        assertThat(ExactJson.sha256("{} trailing")).isEqualTo(ExactJson.hex("{} trailing"));
        assertThat(ExactJson.sha256("{\"b\":[{\"a\":1,\"c\":0,\"a\":1}]}"))
                .isEqualTo(ExactJson.hex("{\"b\":[{\"a\":1,\"c\":0,\"a\":1}]}"));
        assertThat(ExactJson.sha256("{\"a\":1,\"a\":2}")).isEqualTo(ExactJson.hex("{\"a\":1,\"a\":2}"));
    }

    @Test
    void the_tree_keeps_every_digit() throws Exception {
        assertThat(ExactJson.MAPPER.readTree("[1.10,9007199254740993,1e400]").toString())
                .isEqualTo("[1.10,9007199254740993,1E+400]");
    }
}
