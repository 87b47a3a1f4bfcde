// SPDX-License-Identifier: Apache-2.0
package io.callvault.gate;

/**
 * Whose budget it is. Two customers that use the same credential at the same server share it.
 *
 * @param lane identity of the credential: server, application and user, without anything secret
 * @param group the API group's name, lower case
 */
public record GateKey(String lane, String group) {

    /** By hand: a record's own is slow as long as nothing is optimised, and every request asks. */
    @Override
    public boolean equals(Object other) {
        return other instanceof GateKey key && lane.equals(key.lane) && group.equals(key.group);
    }

    @Override
    public int hashCode() {
        return 31 * lane.hashCode() + group.hashCode();
    }
}
