// SPDX-License-Identifier: Apache-2.0
package io.callvault.flow;

import io.callvault.exchange.Variables;
import io.callvault.model.PartsPage;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The list of the parts of an account, as the routes see it. */
public final class Parts {

    /** The address to ask for next; null at the end of the list. */
    public String next(@Variable(Variables.PARTS) PartsRun run) {
        return run.address();
    }

    /** Reads a page's bytes. */
    public PartsPage read(@Variable(Variables.PARTS) PartsRun run, @Body byte[] body) {
        return run.customer()
                .provider()
                .readParts(run.customer().id(), run.feed().name(), run.address(), body);
    }

    /** Takes a page in. */
    public void keep(@Variable(Variables.PARTS) PartsRun run, @Body PartsPage page) {
        run.take(page);
    }
}
