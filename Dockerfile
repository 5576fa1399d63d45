# The service in a container: no root, no network of its own needed, every font inside.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE NOTICE CHANGELOG.md ./
COPY renderer renderer
COPY reelspec reelspec
COPY schemas schemas
COPY templates templates
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --disable-pip-version-check ".[author,service,cjk,emoji,thai]"

FROM python:3.13-slim
# FriBiDi lets Pillow shape every script; Pillow loads it when it runs. Tini waits for what a job
# leaves behind, which the first process of a container has to.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libfribidi0 tini \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --home-dir /tmp reelspec \
 && install -d -o reelspec /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8321
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8321/health', timeout=8)"]
ENTRYPOINT ["tini", "--", "reelspec"]
CMD ["serve", "--host", "0.0.0.0", "--folder", "/data"]
