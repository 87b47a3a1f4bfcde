// SPDX-License-Identifier: Apache-2.0
package io.callvault.cli;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;

/**
 * SHA-256, and nothing else, from a native library: it runs at full speed from the first byte, so the program does without
 * Java's optimising compiler, which would be busy for longer than a pass over small files pays back.
 *
 * <p>The library is loaded with the first digest. On a system that it does not support Java's own digest is used, as if
 * this provider were not there.
 */
final class NativeSha256 extends Provider {

    private static final long serialVersionUID = 1L;
    private static final String TYPE = "MessageDigest";
    private static final String ALGORITHM = "SHA-256";

    private NativeSha256() {
        super("CallvaultSha256", "1", "SHA-256 of the Amazon Corretto Crypto Provider, where it runs");
        putService(new Delegate(this));
    }

    /**
     * From now on {@code MessageDigest.getInstance("SHA-256")} answers the native one if it runs here; unless the system
     * property {@code callvault.sha256} is {@code java}.
     */
    static void install() {
        if (!"java".equals(System.getProperty("callvault.sha256"))) {
            Security.insertProviderAt(new NativeSha256(), 1);
        }
    }

    private static final class Delegate extends Service {

        private Delegate(Provider provider) {
            super(provider, TYPE, ALGORITHM, Delegate.class.getName(), null, null);
        }

        /** @throws NoSuchAlgorithmException if the library does not run here: the caller goes on to the next provider */
        @Override
        public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
            Service service = AmazonCorrettoCryptoProvider.INSTANCE.getService(TYPE, ALGORITHM);
            if (service == null) {
                throw new NoSuchAlgorithmException(
                        "the native library was not loaded", AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError());
            }
            return service.newInstance(parameter);
        }
    }
}
