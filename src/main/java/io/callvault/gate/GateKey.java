// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

/**
 * Whose budget it is. Two customers that use the same credential at the same server share it.
 *
 * @param lane identity of the credential: server, application and user, without anything secret
 * @param group the API group's name, lower case
 */
public record GateKey(String lane, String group) {}
