// SPDX-License-Identifier: Apache-2.0
package io.callvault.store;

/**
 * What a target says about an object, without reading it.
 *
 * @param path relative to the target, with {@code /} between pieces
 * @param length in bytes
 * @param checksum the target's own, with its kind before a colon; null when it keeps none
 */
public record StoredObject(String path, long length, String checksum) {}
