// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider;

import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * A make-believe service for {@link ProviderContractTest}. Provider {@code x} has
 * {@code io.callvault.provider.x.XFixture}, with a constructor without parameters; one is made for each test.
 */
public interface ProviderFixture extends AutoCloseable {

    /** What goes wrong once with the service. */
    enum Trouble {
        /** The token is refused in the middle of the run; a new one is given out. */
        TOKEN_DIES,
        /** 429 to a page of a listing, with the time to wait. */
        REFUSED,
        /** 429 to a page of a listing that does not say how long. */
        REFUSED_WITHOUT_TIME,
        /** A page of a listing is answered by a gateway, with HTML and 503. */
        LISTING_BROKEN,
        /** A binary is answered so. */
        CONTENT_BROKEN,
        /** The connection is cut in the middle of a binary. */
        CONTENT_CUT,
        /** A binary is shorter than announced, and then cut. */
        CONTENT_SHORT
    }

    /**
     * Opens the service, with several pages of records and some binaries.
     *
     * @param isEmpty nothing is there
     * @return the customer's keys
     */
    Map<String, String> open(Clock clock, boolean isEmpty);

    /** From now on, once. */
    void trouble(Trouble trouble);

    /** One of the binaries is answered 404 from now on. */
    void lose();

    /** SHA-256 of each binary that a complete archive holds, sorted. */
    List<String> binaries();

    /** Pages of listings that were asked for. */
    int pagesAsked();

    /** Times that any binary was asked for. */
    int binariesAsked();

    /** Tokens that were asked for. */
    int tokensAsked();

    /** Everything that was asked, as it came over the wire: method and path. */
    List<String> requests();

    /** The one of these that asks for a token. */
    String tokenRequest();

    /** What a well-behaved program never asks: in a penalty, to write, with parameters that do not exist. */
    List<String> misbehaviour();

    @Override
    void close();
}
