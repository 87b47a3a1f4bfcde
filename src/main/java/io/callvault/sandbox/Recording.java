// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

/**
 * One recording, however many rows name it.
 *
 * @param contentType {@code audio/mpeg} or {@code audio/wav}
 */
record Recording(String id, boolean onDemand, String contentType, long seconds) {}
