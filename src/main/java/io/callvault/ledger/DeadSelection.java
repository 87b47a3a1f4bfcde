// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

import java.time.Instant;

/**
 * Which of what was given up is meant. Each null takes all.
 *
 * @param feed only of this feed
 * @param item only this item, {@code kind/id} or the id alone
 * @param code only what last failed with this code
 * @param from only items that started at or after this
 * @param to only items that started before this
 */
public record DeadSelection(String feed, String item, String code, Instant from, Instant to) {

    /** Everything. */
    public static DeadSelection all() {
        return new DeadSelection(null, null, null, null, null);
    }

    /** The conditions on an item called {@code i} and on the code in this column. */
    Conditions conditions(String first, String customer, String codeColumn) {
        Conditions conditions = new Conditions(first).and("i.customer = ?", customer);
        if (feed != null) {
            conditions.and("i.feed = ?", feed);
        }
        if (item != null) {
            conditions.and("(i.item = ?", item).or("i.item LIKE ? ESCAPE '!')", "%/" + escaped(item));
        }
        if (code != null) {
            conditions.and(codeColumn + " = ?", code);
        }
        if (from != null) {
            conditions.and("i.started_at >= ?", from);
        }
        if (to != null) {
            conditions.and("i.started_at < ?", to);
        }
        return conditions;
    }

    private static String escaped(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}
