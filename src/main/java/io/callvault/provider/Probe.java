// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import java.util.function.Function;

/**
 * A request that shows whether one right is there which a customer's archive needs.
 *
 * @param subject what is tried, to follow "Tried to" and "may"
 * @param group API group of the request
 * @param address what is asked
 * @param problem what is wrong although the answer was good, from its body: one sentence; null when nothing is
 */
public record Probe(String subject, String group, String address, Function<byte[], String> problem) {

    /** One whose good answer says all. */
    public Probe(String subject, String group, String address) {
        this(subject, group, address, body -> null);
    }
}
