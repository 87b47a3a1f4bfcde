// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

/**
 * Proof that bytes lie at a target.
 *
 * @param location where, as the target calls it
 * @param length in bytes, as counted
 * @param sha256 of the bytes, 64 lower-case hex digits
 * @param checksum the target's own proof, with its kind before a colon ({@code sha256:…}, {@code read-back:…})
 */
public record Receipt(String location, long length, String sha256, String checksum) {}
