// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

/**
 * One request that asks a provider to give something up, sent through {@code direct:<provider>-removal}. It names exactly
 * what it means; none goes by a filter.
 *
 * @param subject what is tried, to follow "Tried to"
 * @param group API group that it is counted in
 * @param method {@code DELETE} or {@code PATCH}
 * @param address what is asked
 * @param body as JSON; null for none
 * @param look asked before each time it is sent, because it must not be repeated when it was done already; null when a
 *     repetition does no more than the first
 */
public record Removal(String subject, String group, String method, String address, String body, Inquiry look) {}
