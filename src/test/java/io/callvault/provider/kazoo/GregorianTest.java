// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.kazoo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GregorianTest {

    private static final Instant NEW_YEAR = Instant.parse("2024-01-01T00:00:00Z");

    @Test
    void seconds_are_counted_from_the_year_0() {
        assertThat(Gregorian.of(NEW_YEAR)).isEqualTo(63_871_286_400L);
        assertThat(Gregorian.instant(63_871_286_400L)).isEqualTo(NEW_YEAR);
    }

    @Test
    void a_time_is_a_number_or_its_text_and_nothing_else() {
        assertThat(Gregorian.instant(LongNode.valueOf(63_871_286_400L))).isEqualTo(NEW_YEAR);
        assertThat(Gregorian.instant(TextNode.valueOf("63871286400"))).isEqualTo(NEW_YEAR);
        assertThat(Gregorian.instant(TextNode.valueOf("2024-01-01"))).isNull();
        assertThat(Gregorian.instant(TextNode.valueOf("999999999999"))).isNull();
        assertThat(Gregorian.instant(IntNode.valueOf(1_704_067_200))).as("Unix time").isNull();
        assertThat(Gregorian.instant(NullNode.instance)).isNull();
    }
}
