// SPDX-License-Identifier: Apache-2.0
package io.callvault;

import io.callvault.cli.Callvault;

/** Starts the command line; nothing else. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Callvault.execute(arguments));
    }
}
