// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One address of the interface.
 *
 * @param method the only one that is allowed
 * @param pattern path with {@code *} for each part that varies
 * @param parameters names of all query parameters it has
 */
record Endpoint(String method, String pattern, RateGroup group, Set<String> parameters, Behaviour behaviour) {

    /** What the endpoint does when it is reached. */
    interface Behaviour {
        Answer answer(Request request) throws Refusal;
    }

    /** The parts of the path that stand at the wildcards, or null if the path is another. */
    List<String> captures(String path) {
        String[] wanted = pattern.split("/");
        String[] parts = path.split("/");
        if (parts.length != wanted.length) {
            return null;
        }
        List<String> captures = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            if (wanted[i].equals("*")) {
                captures.add(parts[i]);
            } else if (!wanted[i].equals(parts[i])) {
                return null;
            }
        }
        return captures;
    }
}
