// SPDX-License-Identifier: Apache-2.0
package io.callvault.acceptance.kazoo;

/** A request that ends with an error; what goes back instead. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reply reply;

    Refusal(Reply reply) {
        super("answered " + reply.status());
        this.reply = reply;
    }

    Reply reply() {
        return reply;
    }
}
