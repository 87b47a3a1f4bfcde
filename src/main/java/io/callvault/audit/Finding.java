// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

/**
 * Something that is not as the ledger says.
 *
 * @param customer whose it is
 * @param target where
 * @param kind what is wrong
 * @param path of the object; null when it concerns the whole target
 * @param detail for people
 */
public record Finding(String customer, String target, Kind kind, String path, String detail) {

    /** What can be wrong. */
    public enum Kind {
        /** Other bytes than were stored. */
        ALTERED,
        /** Stored, and not there. */
        MISSING,
        /** There, and nobody knows why. */
        EXTRA,
        /** It could not be looked at. */
        UNREADABLE
    }
}
