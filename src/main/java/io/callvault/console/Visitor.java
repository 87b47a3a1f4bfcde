// SPDX-License-Identifier: Apache-2.0
package io.callvault.console;

import java.util.List;

/**
 * Who asks.
 *
 * @param name null when the console asks nobody
 * @param customers ids of those that may be seen
 * @param token must come with everything that changes something
 */
record Visitor(String name, List<String> customers, String token) {

    /** A customer that may be seen. What may not be seen is not there. */
    String require(String customer) {
        if (!customers.contains(customer)) {
            throw Refusal.notFound("There is no such customer.");
        }
        return customer;
    }
}
