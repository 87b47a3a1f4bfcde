// SPDX-License-Identifier: Apache-2.0
package io.callvault.audit;

/**
 * What was read back of one customer at one target.
 *
 * @param stored number of items that lie there by the ledger, in the span asked for
 * @param read how many of them were read back, with their sidecars
 * @param bytes read back, sidecars and journal included
 * @param journalObjects objects of the chain that were read
 * @param wrong number of findings
 * @param isListed false when the target cannot be listed, so that objects nobody knows of are not noticed
 */
public record Verification(
        String customer, String target, long stored, long read, long bytes, long journalObjects, long wrong, boolean isListed) {}
