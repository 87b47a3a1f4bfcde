// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

/**
 * A value as it stands in the file, to be resolved when it is used. Never shown.
 *
 * @param raw a reference such as <code>{{env:ACME_JWT}}</code>, or the secret itself; several are comma-separated where
 *     the key takes a list
 */
public record Secret(String raw) {

    /** Whether the secret itself was written into the file. */
    public boolean isLiteral() {
        return !raw.contains("{{");
    }

    @Override
    public String toString() {
        return "***";
    }
}
