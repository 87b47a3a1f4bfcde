// SPDX-License-Identifier: Apache-2.0
package io.callvault.model;

/**
 * Who took part in a call or message, as its record says. Texts are as they came, names are attacker-controlled; null where
 * the record does not say.
 *
 * @param extension the extension it belongs to
 * @param direction {@code inbound}, {@code outbound} or another word of the provider in lower case
 * @param from number of the caller or sender
 * @param fromName their name
 * @param to number of the called or of the first recipient
 * @param toName their name
 */
public record Parties(String extension, String direction, String from, String fromName, String to, String toName) {}
