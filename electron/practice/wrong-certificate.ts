/**
 * The certificate of the practice servers when they show a wrong one: for `elsewhere.example`, from an authority that no computer
 * knows. Part of the program, unlike the fixtures that it is a copy of; its key protects nothing.
 */
export const wrongCertificate = {
  key: `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEILex6ZpriringyEZctYvyqnr/91CcLsA2dsGwbW3EydmoAoGCCqGSM49
AwEHoUQDQgAEAWsGZe/F+ksZKQII//fgrJRkEEJ2+1vqLRyF6pURGKfeTfZ+rqeW
LLTwfocA/Q+qpie21oCxOyHzkdh7DN/n/A==
-----END EC PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIICBzCCAa2gAwIBAgIUUZbq03QhRav2IvtRXWPYBE8QPywwCgYIKoZIzj0EAwIw
OjEaMBgGA1UEAwwRUG9zdHJpZGVyIHRlc3QgQ0ExHDAaBgNVBAoME1Bvc3RyaWRl
ciB0ZXN0IG9ubHkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyNjAxMDEwMDAwMDBaMDox
GjAYBgNVBAMMEWVsc2V3aGVyZS5leGFtcGxlMRwwGgYDVQQKDBNQb3N0cmlkZXIg
dGVzdCBvbmx5MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEAWsGZe/F+ksZKQII
//fgrJRkEEJ2+1vqLRyF6pURGKfeTfZ+rqeWLLTwfocA/Q+qpie21oCxOyHzkdh7
DN/n/KOBjjCBizAJBgNVHRMEAjAAMAsGA1UdDwQEAwIHgDATBgNVHSUEDDAKBggr
BgEFBQcDATAcBgNVHREEFTATghFlbHNld2hlcmUuZXhhbXBsZTAdBgNVHQ4EFgQU
8UrYLhUK1oySr7IIgjUyhLJ1/vowHwYDVR0jBBgwFoAUJJXNI2ui5dHq7k9nM1Oy
D6nXybkwCgYIKoZIzj0EAwIDSAAwRQIhAPskSIv4rYNIYzn+2DpsSZVKNV+kmXnV
Oc/BbJMW3EfjAiBrus1Jraev0vBTjWIZQbg4+uKh0G+wSCThDmXj4N85tQ==
-----END CERTIFICATE-----`,
} as const
