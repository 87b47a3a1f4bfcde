// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+49", "-1", "@SUM", "\tx"})
    void a_cell_that_a_spreadsheet_would_calculate_begins_with_an_apostrophe(String text) {
        assertThat(Csv.cell(text)).isEqualTo("'" + text);
    }

    @Test
    void cells_are_quoted_where_needed() {
        assertThat(Csv.cell("\r=1")).isEqualTo("\"'\r=1\"");
        assertThat(Csv.cell("a,b")).isEqualTo("\"a,b\"");
        assertThat(Csv.cell("say \"a\"\nb")).isEqualTo("\"say \"\"a\"\"\nb\"");
        assertThat(Csv.cell("plain = 1")).isEqualTo("plain = 1");
        assertThat(Csv.cell(null)).isEmpty();
        StringWriter line = new StringWriter();
        Csv.line(new PrintWriter(line), Arrays.asList(null, 1L, "a", null));
        assertThat(line).hasToString(",1,a,\r\n");
    }
}
