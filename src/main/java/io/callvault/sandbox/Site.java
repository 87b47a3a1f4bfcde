// SPDX-License-Identifier: Apache-2.0
package io.callvault.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Function;

/** What all endpoints of the account need: its data, its addresses, the faults in force. */
record Site(SandboxOptions options, World world, Addresses addresses, Faults faults) {

    /** The first wildcard of the path must be the account. */
    void account(Request request) throws Refusal {
        String id = request.capture(0);
        if (!id.equals("~") && !id.equals(addresses.accountId())) {
            throw Refusal.notFound("accountId");
        }
    }

    /** The second wildcard of the path as an extension; "~" is the token's. */
    Extension extension(Request request) throws Refusal {
        String id = request.capture(1);
        if (id.equals("~")) {
            return request.token().user();
        }
        for (Extension one : world.company().extensions()) {
            if (Long.toString(one.id()).equals(id)) {
                return one;
            }
        }
        throw Refusal.notFound("extensionId");
    }

    /** The page that the request asks for, its rows changed by the faults in force. */
    <T> Answer page(Request request, List<T> rows, boolean totals, Function<T, ObjectNode> written) throws Refusal {
        Parameters parameters = new Parameters(request);
        int number = parameters.number("page", 1, Page.LAST);
        int perPage = parameters.perPage(options.perPageCap());
        int shift = number > 1 ? faults.shift(request) : 0;
        ObjectNode body = new Page(addresses, number, perPage, totals, shift).of(request, rows, written);
        faults.change(request, (ArrayNode) body.get("records"));
        return Answer.json(200, body);
    }
}
