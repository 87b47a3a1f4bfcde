// SPDX-License-Identifier: Apache-2.0
package io.callvault.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawPageTest {

    @Test
    void an_element_keeps_its_exact_bytes() throws IOException {
        String element = "{\"b\":1,\"a\":\"\\u00e9é\\/\",\"é\":[true,false,null]}";
        assertThat(elements("{\"records\":[" + element + "]}")).containsExactly(element);
    }

    @Test
    void a_number_keeps_every_digit() throws IOException {
        String element = "{\"id\":9007199254740993,\"price\":1.10,\"much\":1e400,\"minus\":-0.0}";
        assertThat(elements("{\"records\":[" + element + "]}")).containsExactly(element);
    }

    @Test
    void white_space_goes_outside_strings_and_stays_inside() throws IOException {
        String page = """
                {
                  "records" : [
                    { "name" : "a  b\\" \\\\", "list" : [ 1 , 2 ] } ,
                    "  kept  "
                  ] ,
                  "paging" : { }
                }
                """;
        assertThat(elements(page)).containsExactly("{\"name\":\"a  b\\\" \\\\\",\"list\":[1,2]}", "\"  kept  \"");
    }

    @Test
    void braces_and_brackets_in_strings_end_nothing() throws IOException {
        String element = "{\"a\":\"}],{[\",\"b\":{\"c\":\"\\\\\\\"}]\"}}";
        assertThat(elements("{\"records\":[" + element + "," + element + "]}")).containsExactly(element, element);
    }

    @Test
    void an_element_may_be_anything() throws IOException {
        assertThat(elements("{\"records\":[null, 12 ,1.50, \"text\" , true,[ 1 , [ ] ],{ }, -3e5 ]}"))
                .containsExactly("null", "12", "1.50", "\"text\"", "true", "[1,[]]", "{}", "-3e5");
    }

    @Test
    void a_long_string_is_cut_where_it_ends() throws IOException {
        String element = "\"" + "ä€𝄞".repeat(20_000) + "\"";
        assertThat(elements("{\"records\":[" + element + ", 1]}")).containsExactly(element, "1");
    }

    @Test
    void an_empty_page_has_no_elements() throws IOException {
        assertThat(elements("{\"records\":[]}")).isEmpty();
        assertThat(elements("{\"records\" : [ \n ]}")).isEmpty();
    }

    @Test
    void a_byte_order_mark_shifts_nothing() throws IOException {
        assertThat(elements("\ufeff{\"records\":[{\"id\":1},2]}")).containsExactly("{\"id\":1}", "2");
    }

    @Test
    void what_stands_beside_the_array_is_a_tree_wherever_it_stands() throws IOException {
        RawPage page = cut("{\"uri\":\"u\",\"records\":[{\"records\":[1]}],\"paging\":{\"page\":1},\"nothing\":null}");
        assertThat(page.elements()).containsExactly("{\"records\":[1]}");
        assertThat(page.member("uri").asText()).isEqualTo("u");
        assertThat(page.member("paging").path("page").asInt()).isEqualTo(1);
        assertThat(page.member("nothing").isNull()).isTrue();
        assertThat(page.member("absent").isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"records\":[]} x",
                "{\"records\":[]}{}",
                "{\"records\":[]}]",
                "{\"records\":[{\"id\":1}",
                "{\"records\":[{\"id\":1},",
                "{\"records\":[{\"id\":\"1",
                "{\"records\":[1",
                "{\"records\":[1]",
                "{\"records\":[1],",
                "{\"records\":[1],\"paging\":{",
                "{\"records\":[1}",
                "{\"records\":[01]}",
                "{\"records\":[nul]}",
                "{\"records\":{}}",
                "{\"records\":null}",
                "{}",
                "[]",
                "null",
                "\"text\"",
                "",
                "   ",
                "<html>",
            })
    void what_is_no_page_is_refused(String body) {
        assertThatThrownBy(() -> cut(body)).isInstanceOf(IOException.class);
    }

    private static List<String> elements(String body) throws IOException {
        return cut(body).elements();
    }

    private static RawPage cut(String body) throws IOException {
        return RawPage.cut(body.getBytes(StandardCharsets.UTF_8), "records");
    }
}
