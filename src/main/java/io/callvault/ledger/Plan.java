// SPDX-License-Identifier: Apache-2.0
package io.callvault.ledger;

/**
 * What is fixed in one commit before an item's first put, for all targets and for every retry.
 *
 * @param path where it goes in each target, relative, with {@code /} between parts
 * @param length in bytes
 * @param sha256 of the bytes, 64 lower-case hex digits
 * @param type its media type, from its bytes
 * @param spool name of the file in the customer's spool
 */
public record Plan(String path, long length, String sha256, String type, String spool) {}
