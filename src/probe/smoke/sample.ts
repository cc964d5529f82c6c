/** A podnet.yaml to begin with: the lesson's objects, one check that passes with them, and one of what must not be. */
export const sampleSmoke = `# What must and must not be reachable. "Run podnet.yaml Checks" makes these checks.
checks:
  - name: the Service answers
    from: pod/default/testpod1
    to: svc/default/demoservice
    status: 200
  - name: nothing but the web server listens
    from: pod/default/testpod1
    to: pod/default/testpod2:8080
    expect: blocked
`;
