// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

import java.util.Set;

/**
 * A part of an account that is listed by itself: an extension, a sub-account.
 *
 * @param id the provider's id, opaque
 * @param holdsNothing HTTP statuses that, for a part of this kind, mean that there is nothing to list. Any other refusal
 *     means that something may be there and cannot be seen
 */
public record Part(String id, Set<Integer> holdsNothing) {

    public Part {
        holdsNothing = Set.copyOf(holdsNothing);
    }
}
