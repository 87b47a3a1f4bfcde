// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.model.ListedItem;
import io.callvault.model.ListedRecord;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExclusionsTest {

    @Test
    void without_rules_nothing_is_kept_out() {
        assertThat(new Exclusions(List.of()).rule(call())).isNull();
    }

    @Test
    void a_rule_matches_extension_either_number_direction_or_kind() {
        for (String rule : List.of(
                "extension:700800900",
                "number:+16505550142",
                "number:+14155550100",
                "number:+1650*",
                "direction:Inbound",
                "kind:voice",
                "kind:recording")) {
            assertThat(new Exclusions(List.of(rule)).rule(call())).isEqualTo(rule);
        }
    }

    @Test
    void a_rule_about_something_else_keeps_nothing_out() {
        for (String rule : List.of(
                "extension:700800901", "number:+1650", "number:+44*", "direction:outbound", "kind:Fax", "number:.*")) {
            assertThat(new Exclusions(List.of(rule)).rule(call())).as(rule).isNull();
        }
    }

    @Test
    void a_record_with_one_item_of_another_kind_is_kept_in() {
        ListedRecord both = with("SMS", item("mms"), item("fax"));
        assertThat(new Exclusions(List.of("kind:fax")).rule(both)).isNull();
    }

    @Test
    void the_first_rule_that_matches_is_the_reason() {
        assertThat(new Exclusions(List.of("direction:outbound", "kind:Voice", "number:*")).rule(call()))
                .isEqualTo("kind:Voice");
    }

    private static ListedRecord call() {
        return with("Voice", item("recording"));
    }

    private static ListedItem item(String kind) {
        return new ListedItem(kind + "/1", kind, "/1", null, null, null);
    }

    private static ListedRecord with(String kind, ListedItem... items) {
        return new ListedRecord(
                "A",
                kind,
                null,
                "700800900",
                "inbound",
                "+16505550142",
                null,
                "+14155550100",
                null,
                true,
                "{}",
                Arrays.asList(items),
                null);
    }
}
