// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

/**
 * One question to a provider beside listings and binaries, asked through {@code direct:<provider>-inquiry}.
 *
 * @param name the provider's own word for it
 * @param subject what is tried, to follow "Tried to"
 * @param group API group that it is counted in
 * @param address what to ask
 */
public record Inquiry(String name, String subject, String group, String address) {}
